import { listAt, mapAt } from '../at';
import type { Lookup } from '../lookup';

/**
 * What is wrong with a reference to a port of a Service, or `undefined` when both are there.
 * A Service that is only known to exist, or an ExternalName without ports, is not looked into.
 */
export function missingServicePort(all: Lookup, namespace: string, name: string, port: string | number | undefined): string | undefined {
  const service = all.find('', 'Service', name, namespace);
  if (service === undefined) {
    return all.existsOutside('Service', name, namespace) ? undefined : `refers to Service ${namespace}/${name}, which does not exist`;
  }
  const ports = listAt(service.object, 'spec', 'ports').map((entry) => mapAt(entry));
  if (port === undefined || ports.length === 0) return undefined;
  if (ports.some((entry) => (typeof port === 'number' ? entry.port === port : entry.name === port))) return undefined;
  const known = ports.map((entry) => (entry.name === undefined ? `${entry.port}` : `${entry.name} (${entry.port})`)).join(', ');
  return `refers to port ${port} of Service ${namespace}/${name}, which has ${known}`;
}

/** A port that is a name or a number, else `undefined`. */
export function portOf(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
