import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import { KubeStateMetricsChart } from './chart';
import { kubeStateMetricsNetwork, NAME } from './network';

/** kube-state-metrics: what the API server knows of objects, as metrics. */
export function kubeStateMetrics(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['kube-state-metrics']],
    namespaces: [],
    network: kubeStateMetricsNetwork(cluster),
    deliver: (app, { edges }) => [
      {
        chart: new KubeStateMetricsChart(app, NAME, cluster, edges),
        namespace: MONITORING_NAMESPACE,
        ...(cluster.mesh ? { needs: [service('mesh')] } : {}),
      },
    ],
  };
}
