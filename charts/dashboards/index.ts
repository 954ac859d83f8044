import { ingressOf } from '../exposure';
import { pooled } from '../pgbouncer/pooled';
import { apiGateway } from './api-gateway';
import { businessMetrics } from './business';
import { certificates } from './certificates';
import type { Dashboard } from './dashboard';
import { databasePerformance } from './database';
import { ingress } from './ingress';
import { mesh } from './mesh';
import { serviceHealth } from './service-health';
import type { Subject } from './subject';
import { systemResources } from './system';
import { workloadDashboard } from './workload';

export type { Dashboard } from './dashboard';
export { jsonText } from './json';
export { PROMETHEUS_UID } from './panel';
export { SERVICE_HEALTH_UID } from './service-health';
export type { Subject } from './subject';

/** A folder of dashboards. */
export interface Folder {
  /** Part of its address, and of the names of files. */
  readonly uid: string;
  readonly title: string;
  readonly dashboards: readonly Dashboard[];
}

/** All dashboards of a cluster: of the platform as a whole, of each workload, and of components. */
export function dashboardsOf(subject: Subject): readonly Folder[] {
  const { cluster, workloads } = subject;
  const business = businessMetrics(subject);
  const exposed = workloads.some(({ kind, props }) => kind === 'service' && 'expose' in props && props.expose !== undefined);
  return [
    {
      uid: 'overview',
      title: 'Overview',
      dashboards: [
        serviceHealth(subject),
        ...(pooled(workloads).length > 0 ? [databasePerformance(subject)] : []),
        ...(exposed ? [apiGateway(subject)] : []),
        ...(business === undefined ? [] : [business]),
        systemResources(subject),
      ],
    },
    { uid: 'workloads', title: 'Workloads', dashboards: workloads.map((workload) => workloadDashboard(workload, subject)) },
    {
      uid: 'components',
      title: 'Components',
      dashboards: [
        certificates(subject),
        ...(ingressOf(cluster).kind === 'nginx' ? [ingress(subject)] : []),
        ...(cluster.mesh ? [mesh(subject)] : []),
      ],
    },
  ];
}
