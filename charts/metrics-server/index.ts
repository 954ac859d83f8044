import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { MetricsServerChart } from './chart';
import { metricsServerNetwork, NAME, NAMESPACE } from './network';

/**
 * metrics-server: what HorizontalPodAutoscalers of CPU and memory read, and `kubectl top`. Its certificate is of the cluster's own CA,
 * so it comes after cert-manager.
 */
export function metricsServer(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['metrics-server']],
    namespaces: [],
    network: metricsServerNetwork(cluster),
    deliver: (app, { edges }) => [
      {
        chart: new MetricsServerChart(app, NAME, cluster, edges),
        namespace: NAMESPACE,
        provides: [service(NAME)],
        needs: [service('cert-manager')],
      },
    ],
  };
}
