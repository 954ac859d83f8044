/** What differs between two synthetic services. */
export interface ServiceSpec {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly port: number;
  readonly cpu: number;
  readonly memory: number;
  readonly min: number;
  readonly max: number;
  /** Name of the service that calls this one. */
  readonly caller: string;
}

/** Objects that each service has, whoever renders it. */
export const OBJECTS_PER_SERVICE = 9;

export const NAMESPACE = 'shop';

/** The same services every time; numbers vary so that no two files are equal. */
export function specs(count: number): readonly ServiceSpec[] {
  return Array.from({ length: count }, (_, index) => ({
    name: nameOf(index),
    namespace: NAMESPACE,
    image: `registry.example/shop/service-${index}:v1.${index % 40}.${index % 7}`,
    port: 8000 + (index % 900),
    cpu: 100 + 10 * (index % 20),
    memory: 128 + 16 * (index % 16),
    min: 2 + (index % 3),
    max: 6 + (index % 9),
    caller: nameOf((index + 1) % count),
  }));
}

function nameOf(index: number): string {
  return `service-${String(index).padStart(5, '0')}`;
}
