import { parseQuantity } from '../../checks/quantity';
import type { Cluster } from '../cluster';
import type { NamespaceProps } from '../namespaces/chart';
import { PROXY_RESOURCES } from '../workload/mesh';
import type { Resources } from '../workload/props';

/** Namespace of everything that watches: Prometheus, Alertmanager, their operator, kube-state-metrics; Grafana has room in it too. */
export const MONITORING_NAMESPACE = 'monitoring';

/** Pods that are alike, for the sum of a quota. */
export interface Requested {
  readonly pods: number;
  readonly requests: Resources['requests'];
}

/** Room for what shares the namespace without a choice of its size: operator, kube-state-metrics, Grafana, and one more of each in a rollout. */
const BESIDE: readonly Requested[] = [{ pods: 8, requests: { cpu: '200m', memory: '384Mi' } }];

/**
 * The namespace, with a quota for the given pods and one more of each, which a rollout takes.
 * @param sized - pods whose size the cluster chooses
 */
export function monitoringNamespace({ mesh }: Pick<Cluster, 'mesh'>, sized: readonly Requested[]): NamespaceProps {
  const all = [...sized.map(({ pods, requests }) => ({ pods: pods + 1, requests })), ...BESIDE];
  const sum = (resource: 'cpu' | 'memory', unit: number) => {
    const proxy = mesh ? (parseQuantity(PROXY_RESOURCES.requests[resource]) ?? 0) : 0;
    return Math.ceil(
      all.reduce((total, { pods, requests }) => total + pods * ((parseQuantity(requests[resource]) ?? 0) + proxy), 0) / unit,
    );
  };
  return {
    name: MONITORING_NAMESPACE,
    meshed: mesh,
    quota: {
      cpu: `${sum('cpu', 0.001)}m`,
      memory: `${sum('memory', 2 ** 20)}Mi`,
      // Pods that end take a while, and count as long.
      pods: 2 * all.reduce((total, { pods }) => total + pods, 0),
    },
  };
}
