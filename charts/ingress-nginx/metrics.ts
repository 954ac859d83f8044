import type { Exposes } from '../metrics/exposes';

const CONTROLLER = ['controller_class', 'controller_namespace', 'controller_pod'];
const REQUEST = [...CONTROLLER, 'host', 'ingress', 'method', 'namespace', 'path', 'service', 'status'];

/** What we read of ingress-nginx. */
export const ingressNginxMetrics: Exposes = {
  target: 'ingress-nginx',
  source: 'internal/ingress/metric of ingress-nginx v1.12.8 and v1.15.1',
  metrics: {
    nginx_ingress_controller_config_last_reload_successful: { type: 'gauge', labels: CONTROLLER },
    nginx_ingress_controller_request_duration_seconds: { type: 'histogram', labels: REQUEST },
    nginx_ingress_controller_requests: { type: 'counter', labels: REQUEST },
    nginx_ingress_controller_nginx_process_connections: { type: 'gauge', labels: [...CONTROLLER, 'state'] },
    nginx_ingress_controller_nginx_process_cpu_seconds_total: { type: 'counter', labels: CONTROLLER },
    nginx_ingress_controller_nginx_process_resident_memory_bytes: { type: 'gauge', labels: CONTROLLER },
    nginx_ingress_controller_response_size: { type: 'histogram', labels: REQUEST },
    nginx_ingress_controller_ssl_expire_time_seconds: {
      type: 'gauge',
      labels: ['class', 'host', 'identifier', 'namespace', 'secret_name'],
    },
  },
};
