import type { Exposes } from '../metrics/exposes';

/** What we read of the External Secrets Operator. */
export const externalSecretsMetrics: Exposes = {
  target: 'external-secrets',
  source: 'pkg/controllers of External Secrets v0.16.2 and v2.9.0',
  scraped: ['service'],
  metrics: {
    externalsecret_status_condition: { type: 'gauge', labels: ['condition', 'name', 'namespace', 'status'] },
  },
};
