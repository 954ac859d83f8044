import type { Cluster } from '../cluster';
import { crds } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import { AlertsChart, NAME } from './chart';
import { documentInfrastructure } from './document';
import { HEARTBEAT } from './heartbeat';
import {
  backupAlerts,
  certificateAlerts,
  deliveryAlerts,
  ingressAlerts,
  meshAlerts,
  monitoringAlerts,
  nodeAlerts,
  storageAlerts,
  workloadAlerts,
} from './platform';
import type { AlertGroup } from './rule';

export * from './document';
export * from './platform';
export type { Alert, AlertGroup, Recording } from './rule';
export { type Slo, sloAlerts } from './slo';
export type { Severity, Team } from './team';

/** Fires always: a service outside calls somebody when it no longer hears of it. */
export const heartbeatAlerts: AlertGroup = {
  name: 'heartbeat',
  alerts: [
    {
      name: HEARTBEAT,
      expr: 'vector(1)',
      for: '0s',
      severity: 'warning',
      team: 'platform',
      summary: 'Prometheus evaluates rules and Alertmanager tells of them. This alert always fires.',
    },
  ],
};

/** What decides which alerts a cluster has. */
export interface AlertChoices {
  /** Components that run there, by their names in the catalogue. */
  readonly runs: readonly string[];
  readonly heartbeat: boolean;
  /** Further groups, as those of a platform's own services and databases. */
  readonly more: readonly AlertGroup[];
}

/** The alerts of a cluster, by what runs there. */
export function alertGroups({ runs, heartbeat, more }: AlertChoices): readonly AlertGroup[] {
  const of = (component: string, group: AlertGroup) => (runs.includes(component) ? [group] : []);
  return [
    ...of('velero', backupAlerts),
    ...of('cert-manager', certificateAlerts),
    deliveryAlerts,
    ...(heartbeat ? [heartbeatAlerts] : []),
    documentInfrastructure,
    ...of('ingress-nginx', ingressAlerts),
    ...of('linkerd', meshAlerts),
    monitoringAlerts,
    nodeAlerts,
    storageAlerts,
    workloadAlerts,
    ...more,
  ];
}

/** The cluster's alerts. */
export function alerts(cluster: Cluster, choices: AlertChoices): PlatformComponent {
  return {
    runs: [],
    namespaces: [],
    network: { parties: [], edges: [] },
    deliver: (app) => [
      {
        chart: new AlertsChart(app, NAME, cluster, alertGroups(choices)),
        namespace: MONITORING_NAMESPACE,
        needs: [crds('monitoring.coreos.com')],
      },
    ],
  };
}
