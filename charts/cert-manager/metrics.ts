import type { Exposes } from '../metrics/exposes';

const CERTIFICATE = ['issuer_group', 'issuer_kind', 'issuer_name', 'name', 'namespace'];

/** What we read of cert-manager. */
export const certManagerMetrics: Exposes = {
  target: 'cert-manager',
  source: 'pkg/metrics of cert-manager v1.16.5 and v1.21.1',
  metrics: {
    certmanager_certificate_expiration_timestamp_seconds: { type: 'gauge', labels: CERTIFICATE },
    certmanager_certificate_ready_status: { type: 'gauge', labels: [...CERTIFICATE, 'condition'] },
    certmanager_certificate_renewal_timestamp_seconds: { type: 'gauge', labels: CERTIFICATE },
  },
};
