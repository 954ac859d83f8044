import type { Exposes } from '../metrics/exposes';

/** What we read of Alertmanager. */
export const alertmanagerMetrics: Exposes = {
  target: 'alertmanager',
  source: 'a scrape of Alertmanager v0.34.0',
  metrics: {
    alertmanager_config_last_reload_successful: { type: 'gauge' },
    alertmanager_notifications_failed_total: { type: 'counter', labels: ['integration', 'reason', 'receiver_name'] },
    alertmanager_notifications_total: { type: 'counter', labels: ['integration', 'receiver_name'] },
  },
};
