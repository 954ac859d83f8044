import { parseQuantity } from '../../checks/quantity';
import type { Cluster } from '../cluster';
import type { NginxIngress } from '../exposure';
import type { NamespaceProps } from '../namespaces/chart';
import { PROXY_RESOURCES } from '../workload/mesh';
import { RESOURCES, scaleOf } from './controller';

/** What the controller's pods and their proxies request together, at their most and with one more for a rollout. */
export function quotaOf(cluster: Cluster, choice: NginxIngress): NamespaceProps['quota'] {
  const scale = scaleOf(cluster, choice);
  const pods = (typeof scale === 'number' ? scale : scale.max) + 1;
  const { requests } = choice.resources ?? RESOURCES;
  const proxy = PROXY_RESOURCES.requests;
  const sum = (resource: 'cpu' | 'memory', unit: number) => {
    const each = (parseQuantity(requests[resource]) ?? 0) + (cluster.mesh ? (parseQuantity(proxy[resource]) ?? 0) : 0);
    return Math.ceil((pods * each) / unit);
  };
  return {
    cpu: `${sum('cpu', 0.001)}m`,
    memory: `${sum('memory', 2 ** 20)}Mi`,
    // Pods that end take minutes for it, and count as long.
    pods: 2 * pods,
  };
}
