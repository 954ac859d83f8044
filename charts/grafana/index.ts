import { catalogue } from '../catalogue';
import { ISSUERS } from '../certificates';
import type { Cluster } from '../cluster';
import { issuer, service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { MONITORING_NAMESPACE, type Requested } from '../prometheus-operator';
import type { ResolvedWorkload } from '../workload/resolve';
import { GrafanaChart, RESOURCES, replicasOf } from './chart';
import { checkGrafanaChoices, type GrafanaChoices, type GrafanaSources } from './choices';
import { GRAFANA } from './names';
import { grafanaNetwork } from './network';

export { type GrafanaChoices, type GrafanaSources, type Source, sourcesAmong } from './choices';

/**
 * Grafana, with dashboards of everything that the cluster runs. It stands in Prometheus' namespace, which comes with the operator.
 * @param workloads - those that dashboards are made for
 * @param sources - what there is to ask beside Prometheus
 * @throws when a host is wanted without ingress-nginx
 */
export function grafana(
  cluster: Cluster,
  workloads: readonly ResolvedWorkload[],
  choices: GrafanaChoices = {},
  sources: GrafanaSources = {},
): PlatformComponent {
  checkGrafanaChoices(choices, cluster);
  return {
    runs: [catalogue.grafana],
    namespaces: [],
    network: grafanaNetwork(cluster, choices, sources),
    deliver: (app, graph) => [
      {
        chart: new GrafanaChart(app, GRAFANA, cluster, workloads, choices, sources, graph),
        namespace: MONITORING_NAMESPACE,
        provides: [service(GRAFANA)],
        needs: [
          ...(cluster.mesh ? [service('mesh')] : []),
          ...(choices.expose === undefined ? [] : [service('ingress-nginx'), issuer(ISSUERS.production)]),
        ],
      },
    ],
  };
}

/** Its pods, for the quota of their namespace. */
export const grafanaPods = (cluster: Cluster, choices: GrafanaChoices): readonly Requested[] => [
  { pods: replicasOf(cluster, choices), requests: (choices.resources ?? RESOURCES).requests },
];
