import type { Exposes } from '../metrics/exposes';

/** What we read of Argo CD's application controller. */
export const argoCdMetrics: Exposes = {
  target: 'argo-cd/application-controller',
  source: 'controller/metrics of Argo CD v2.14.11 and v3.4.4',
  scraped: ['service'],
  metrics: {
    argocd_app_info: {
      type: 'gauge',
      labels: ['autosync_enabled', 'dest_namespace', 'health_status', 'name', 'namespace', 'operation', 'project', 'sync_status'],
    },
    argocd_app_sync_total: { type: 'counter', labels: ['dest_server', 'name', 'namespace', 'phase', 'project'] },
  },
};
