import type { Exposes } from '../metrics/exposes';

/** What we read of Velero. */
export const veleroMetrics: Exposes = {
  target: 'velero',
  source: 'pkg/metrics of Velero v1.18.1',
  scraped: ['service'],
  metrics: {
    velero_backup_last_status: { type: 'gauge', labels: ['schedule'] },
    velero_backup_last_successful_timestamp: { type: 'gauge', labels: ['schedule'] },
    velero_backup_partial_failure_total: { type: 'counter', labels: ['schedule'] },
  },
};
