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
    certmanager_controller_sync_call_count: { type: 'counter', labels: ['controller'] },
    certmanager_controller_sync_error_count: { type: 'counter', labels: ['controller'] },
    certmanager_http_acme_client_request_count: { type: 'counter', labels: ['host', 'method', 'scheme', 'status'] },
  },
};
