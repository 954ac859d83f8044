import type { Demand } from './demand';
import type { Resource } from './limit-range';

/** Cores for a message: `600m`, `3.92`. */
function cores(cpu: number): string {
  return Math.abs(cpu) < 1 && cpu !== 0 ? `${Math.round(cpu * 1000)}m` : String(Number(cpu.toFixed(2)));
}

/** Bytes for a message: `762Mi`, `14.9Gi`. */
export function bytes(memory: number): string {
  const mebibytes = memory / 2 ** 20;
  return Math.abs(mebibytes) < 10 * 1024 ? `${Math.ceil(mebibytes)}Mi` : `${Number((mebibytes / 1024).toFixed(1))}Gi`;
}

/** An amount of a resource for a message. */
export function amount(resource: Resource, value: number): string {
  return resource === 'cpu' ? cores(value) : bytes(value);
}

/** What a pod asks for, for a message; disk only where it asks for any. */
export function resources(demand: Demand): string {
  const [cpu, memory] = [`${cores(demand.cpu)} cpu`, `${bytes(demand.memory)} memory`];
  const disk = demand['ephemeral-storage'];
  return disk === 0 ? `${cpu} and ${memory}` : `${cpu}, ${memory} and ${bytes(disk)} ephemeral-storage`;
}
