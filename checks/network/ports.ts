import { at, listAt, textAt } from '../at';
import type { PodTemplate } from '../pods';

/** A port that a container of a pod declares. */
export interface DeclaredPort {
  readonly container: string;
  readonly port: number;
  readonly name?: string;
  readonly protocol: string;
}

/** Ports of the containers that run as long as the pod does: ordinary ones and native sidecars. */
export function portsOf({ spec }: PodTemplate): readonly DeclaredPort[] {
  // Read without trust: who asks looks at a Service or a policy, and would be blamed for the shape of the pod.
  const sidecars = listAt(spec, 'initContainers').filter((container) => at(container, 'restartPolicy') === 'Always');
  return [...listAt(spec, 'containers'), ...sidecars].flatMap(containerPorts);
}

/** Ports that one container declares. */
export function containerPorts(container: unknown): readonly DeclaredPort[] {
  return listAt(container, 'ports').map((port) => {
    const name = textAt(port, 'name');
    return {
      container: textAt(container, 'name') ?? '',
      port: Number(at(port, 'containerPort')),
      ...(name === undefined ? {} : { name }),
      protocol: textAt(port, 'protocol') ?? 'TCP',
    };
  });
}

/** For a message: `http (8080), 9090`, or `none`. */
export function listPorts(ports: readonly DeclaredPort[]): string {
  return ports.map(({ name, port }) => (name === undefined ? `${port}` : `${name} (${port})`)).join(', ') || 'none';
}

/** Is the value a port number? */
export function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

/**
 * What is wrong with a name of a container port (an IANA service name), or `undefined`:
 * at most 15 lower-case letters, digits and single hyphens, at least one letter, no hyphen at an end.
 */
export function portNameProblem(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') return 'it is no text';
  if (name.length > 15) return `it has ${name.length} characters, at most 15 are allowed`;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return 'only lower-case letters, digits and single hyphens between them are allowed';
  return /[a-z]/.test(name) ? undefined : 'it needs at least one letter';
}
