import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, service, storageClass } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { MONITORING_NAMESPACE, RELOADER_REQUESTS, type Requested } from '../prometheus-operator';
import { STORAGE_CLASSES } from '../storage-classes';
import { AlertmanagerChart, RESOURCES } from './chart';
import type { AlertmanagerChoices } from './choices';
import { alertmanagerNetwork, NAME } from './network';

export type { AlertmanagerChoices } from './choices';
export { alertmanagerConfig } from './config';

/** Alertmanager: groups what Prometheus sends, and tells people through Slack and PagerDuty. */
export function alertmanager(cluster: Cluster, choices: AlertmanagerChoices): PlatformComponent {
  return {
    runs: [catalogue.alertmanager],
    namespaces: [],
    network: alertmanagerNetwork(cluster),
    deliver: (app, { edges }) => [
      {
        chart: new AlertmanagerChart(app, NAME, cluster, choices, edges),
        namespace: MONITORING_NAMESPACE,
        needs: [crds('monitoring.coreos.com'), service('prometheus-operator'), storageClass(STORAGE_CLASSES.gp3)],
      },
    ],
  };
}

/** Its pods, for the quota of their namespace. */
export const alertmanagerRequests = ({ environment }: Cluster): readonly Requested[] =>
  [RESOURCES.requests, RELOADER_REQUESTS].map((requests) => ({ pods: environment.highAvailability ? 2 : 1, requests }));
