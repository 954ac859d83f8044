import { parseQuantity } from '../../checks/quantity';
import type { Cluster } from '../cluster';
import type { NamespaceProps } from '../namespaces/chart';
import { PROXY_RESOURCES } from '../workload/mesh';
import type { Resources } from '../workload/props';

/** Pods that are alike, for the sum of a quota. */
export interface Requested {
  /** How many there are; a rollout brings one more. */
  readonly pods: number;
  readonly requests: Resources['requests'];
}

/** What programs and their proxies may request together, with one more pod of each for a rollout. */
export function quotaOf(meshed: boolean, programs: readonly Requested[]): NamespaceProps['quota'] {
  const proxy = (resource: 'cpu' | 'memory') => (meshed ? (parseQuantity(PROXY_RESOURCES.requests[resource]) ?? 0) : 0);
  const sum = (resource: 'cpu' | 'memory', unit: number) => {
    const each = programs.map(({ pods, requests }) => (pods + 1) * ((parseQuantity(requests[resource]) ?? 0) + proxy(resource)));
    // Thousandths of a processor are no exact fractions.
    return Math.ceil(Number((each.reduce((total, one) => total + one, 0) / unit).toFixed(3)));
  };
  return {
    cpu: `${sum('cpu', 0.001)}m`,
    memory: `${sum('memory', 2 ** 20)}Mi`,
    // Pods that end take a while, and count as long.
    pods: 2 * programs.reduce((total, { pods }) => total + pods + 1, 0),
  };
}

/** Nodes that a cluster may have at most, a fifth more for those that are being replaced: pods of a DaemonSet. */
export const mostNodes = ({ nodeGroups }: Pick<Cluster, 'nodeGroups'>): number =>
  Math.ceil(1.2 * nodeGroups.reduce((total, { size }) => total + size.max, 0));

/** A part of a quantity in whole MiB, as Go's programs read `GOMEMLIMIT`. @throws when the quantity cannot be read */
export function memoryShare(quantity: string, share: number, where: string): string {
  const bytes = parseQuantity(quantity);
  if (bytes === undefined) throw new Error(`${where}: '${quantity}' is no quantity; expected one as '512Mi'.`);
  return `${Math.floor((bytes * share) / 2 ** 20)}MiB`;
}
