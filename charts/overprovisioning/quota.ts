import { parseQuantity } from '../../checks/quantity';
import type { NamespaceProps } from '../namespaces/chart';
import type { Headroom } from './headroom';

/** What the pods that hold room request together; a rollout of theirs takes one away before it adds one. */
export function quotaOf(headroom: readonly Headroom[]): NamespaceProps['quota'] {
  const sum = (resource: 'cpu' | 'memory', unit: number) =>
    Math.ceil(headroom.reduce((total, { pods, resources }) => total + pods * (parseQuantity(resources[resource]) ?? 0), 0) / unit);
  return {
    cpu: `${sum('cpu', 0.001)}m`,
    memory: `${sum('memory', 2 ** 20)}Mi`,
    // One that is displaced is replaced before it is gone.
    pods: 2 * headroom.reduce((total, { pods }) => total + pods, 0),
  };
}
