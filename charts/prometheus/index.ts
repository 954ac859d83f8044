import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, service, storageClass } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { MONITORING_NAMESPACE, RELOADER_REQUESTS, type Requested } from '../prometheus-operator';
import { STORAGE_CLASSES } from '../storage-classes';
import { NAME, PrometheusChart } from './chart';
import type { PrometheusChoices } from './choices';
import { prometheusNetwork } from './network';

export type { PrometheusChoices } from './choices';

/** Prometheus: scrapes what monitors select and annotations ask for, and evaluates rules. */
export function prometheusServer(cluster: Cluster, choices: PrometheusChoices): PlatformComponent {
  return {
    runs: [catalogue.prometheus, ...(choices.thanos === undefined ? [] : [catalogue.thanos])],
    namespaces: [],
    network: prometheusNetwork(cluster, choices),
    deliver: (app, { edges }) => [
      {
        chart: new PrometheusChart(app, NAME, cluster, choices, edges),
        namespace: MONITORING_NAMESPACE,
        needs: [crds('monitoring.coreos.com'), service('prometheus-operator'), storageClass(STORAGE_CLASSES.gp3)],
      },
    ],
  };
}

/** Its pods, for the quota of their namespace. */
export function prometheusPods({ environment }: Cluster, { resources, thanos }: PrometheusChoices): readonly Requested[] {
  const pods = environment.highAvailability ? 2 : 1;
  const containers = [resources.requests, RELOADER_REQUESTS, ...(thanos === undefined ? [] : [thanos.resources.requests])];
  return containers.map((requests) => ({ pods, requests }));
}
