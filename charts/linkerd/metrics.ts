import type { Exposes } from '../metrics/exposes';

const TLS = ['client_id', 'no_tls_reason', 'server_id', 'tls'];
const SERVER = ['srv_group', 'srv_kind', 'srv_name', 'srv_port'];
const TARGET = ['target_addr', 'target_ip', 'target_port'];

/** What we read of the mesh's proxies. The chart's PodMonitor adds what the pod belongs to: `deployment`, `statefulset` and so on. */
export const linkerdProxyMetrics: Exposes = {
  target: 'linkerd/proxy',
  source: 'linkerd2-proxy at the versions of edge-25.4.4 and edge-25.10.7, read from its source',
  scraped: ['control_plane_ns', 'daemonset', 'deployment', 'k8s_job', 'statefulset'],
  metrics: {
    control_identity_cert_expiration_timestamp_seconds: { type: 'gauge' },
    inbound_http_authz_deny_total: { type: 'counter', labels: [...TLS, ...SERVER, ...TARGET] },
    response_latency_ms: { type: 'histogram', labels: ['direction', 'status_code', ...TLS, ...SERVER, ...TARGET] },
    response_total: { type: 'counter', labels: ['classification', 'direction', 'status_code', ...TLS, ...SERVER, ...TARGET] },
    inbound_tcp_authz_deny_total: { type: 'counter', labels: [...TLS, ...SERVER, ...TARGET] },
    proxy_build_info: { type: 'gauge', labels: ['date', 'git_sha', 'profile', 'vendor', 'version'] },
    request_total: { type: 'counter', labels: ['direction', ...TLS, ...SERVER, ...TARGET] },
    tcp_open_connections: { type: 'gauge', labels: ['direction', 'peer', ...TLS, ...SERVER, ...TARGET] },
  },
};

/** What we read of the mesh's identity controller. */
export const linkerdIdentityMetrics: Exposes = {
  target: 'linkerd/identity',
  source: 'controller/identity of linkerd2 edge-25.4.4 and edge-25.10.7',
  scraped: ['component'],
  metrics: {
    issuer_cert_ttl_seconds: { type: 'gauge' },
    grpc_server_handled_total: { type: 'counter', labels: ['grpc_code', 'grpc_method', 'grpc_service', 'grpc_type'] },
  },
};
