import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { ClusterAutoscalerChart } from './chart';
import { clusterAutoscalerNetwork, NAME, NAMESPACE } from './network';

/** The cluster autoscaler: adds nodes for pods that find no room, and removes nodes that are not needed. Its minor is the cluster's. */
export function clusterAutoscaler(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['cluster-autoscaler']],
    namespaces: [],
    network: clusterAutoscalerNetwork(cluster),
    deliver: (app, { edges }) => [
      { chart: new ClusterAutoscalerChart(app, NAME, cluster, edges), namespace: NAMESPACE, provides: [service(NAME)] },
    ],
  };
}
