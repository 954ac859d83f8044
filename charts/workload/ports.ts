import type { Running } from './context';

/**
 * Number of a named port of a workload's pods, its sidecars' included.
 * @param asks - what names the port, for the message, as `metrics`
 * @throws when no container has the port: a rule without a port would open all of them
 */
export function portNumber({ key, props }: Running, name: string, asks: string): number {
  const sidecars = Object.values(props.sidecars ?? {}).map(({ ports }) => ports ?? {});
  const ports: Readonly<Record<string, number>> = Object.assign({}, ...sidecars, props.ports ?? {});
  const number = Object.hasOwn(ports, name) ? ports[name] : undefined;
  if (number === undefined) {
    throw new Error(
      `${key}.${asks}: names port "${name}", but the ports are ${Object.keys(ports).join(', ') || 'none'}. Name one of them, or add it to \`ports\`.`,
    );
  }
  return number;
}
