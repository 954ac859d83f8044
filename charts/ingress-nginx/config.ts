import type { NginxIngress } from '../exposure';
import type { Place } from '../network';
import { loadBalancer } from './load-balancer';
import { ENDING } from './names';

/**
 * The keys of the controller's ConfigMap that are set, all of them strings.
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
 */
export interface NginxConfig {
  /** Whether Ingresses may bring pieces of nginx.conf. */
  readonly 'allow-snippet-annotations': 'false';
  /** Riskiest annotations that Ingresses may have. */
  readonly 'annotations-risk-level': 'Low' | 'Medium' | 'High' | 'Critical';
  readonly 'strict-validate-path-type': 'true';
  readonly 'client-body-timeout': string;
  readonly 'client-header-timeout': string;
  readonly 'generate-request-id': 'true';
  readonly 'hide-headers': string;
  readonly hsts: 'true';
  readonly 'hsts-include-subdomains': 'true' | 'false';
  readonly 'hsts-max-age': string;
  readonly 'hsts-preload': 'false';
  readonly 'keep-alive': string;
  readonly 'limit-conn-status-code': string;
  readonly 'limit-req-status-code': string;
  readonly 'log-format-escape-json': 'true';
  readonly 'log-format-upstream': string;
  readonly 'proxy-body-size': string;
  readonly 'proxy-connect-timeout': string;
  readonly 'proxy-real-ip-cidr'?: string;
  readonly 'server-tokens': 'false';
  readonly 'ssl-ciphers': string;
  readonly 'ssl-protocols': 'TLSv1.2 TLSv1.3' | 'TLSv1.3';
  /** Whether a client that names no host of an Ingress is turned away before any certificate is shown. */
  readonly 'ssl-reject-handshake': 'true';
  readonly 'ssl-session-tickets': 'false';
  /** Whether headers of the client tell who it is and how it came; only a proxy before the controller could know. */
  readonly 'use-forwarded-headers': 'false';
  readonly 'use-proxy-protocol': 'true' | 'false';
  readonly 'worker-shutdown-timeout': string;
}

/** Of TLS 1.2: forward secrecy and authenticated encryption only. TLS 1.3 has its own. */
const CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

/**
 * What is logged of a request, by nginx's names: one JSON object a line. Of the address only the path, since queries may hold tokens.
 * A number is written without quotes where nginx always has one.
 */
const LOG_FIELDS = {
  time: '"$time_iso8601"',
  request_id: '"$req_id"',
  traceparent: '"$http_traceparent"',
  client: '"$remote_addr"',
  method: '"$request_method"',
  host: '"$host"',
  path: '"$uri"',
  protocol: '"$server_protocol"',
  tls: '"$ssl_protocol"',
  status: '"$status"',
  bytes: '$bytes_sent',
  request_bytes: '$request_length',
  duration: '$request_time',
  user_agent: '"$http_user_agent"',
  namespace: '"$namespace"',
  ingress: '"$ingress_name"',
  service: '"$service_name"',
  upstream_status: '"$upstream_status"',
  upstream_duration: '"$upstream_response_time"',
};

const logFormat = `{${Object.entries(LOG_FIELDS)
  .map(([name, value]) => `"${name}":${value}`)
  .join(',')}}`;

/** The controller's configuration in a cluster. */
export function nginxConfig(cluster: Place, choice: NginxIngress): NginxConfig {
  const { maxAgeSeconds = 31_536_000, includeSubdomains = true } = choice.hsts ?? {};
  const { proxies } = loadBalancer(cluster, choice);
  return {
    'allow-snippet-annotations': 'false',
    // The size of bodies is of this level; of those that workloads get no other is above `Low`.
    'annotations-risk-level': 'Medium',
    'strict-validate-path-type': 'true',
    'client-body-timeout': '30',
    'client-header-timeout': '15',
    'generate-request-id': 'true',
    'hide-headers': 'Server,X-Powered-By',
    hsts: 'true',
    'hsts-include-subdomains': includeSubdomains ? 'true' : 'false',
    'hsts-max-age': String(maxAgeSeconds),
    'hsts-preload': 'false',
    'keep-alive': '75',
    'limit-conn-status-code': '429',
    'limit-req-status-code': '429',
    'log-format-escape-json': 'true',
    'log-format-upstream': logFormat,
    'proxy-body-size': '1m',
    'proxy-connect-timeout': '5',
    'server-tokens': 'false',
    'ssl-ciphers': CIPHERS.join(':'),
    'ssl-protocols': choice.minimumTls === '1.3' ? 'TLSv1.3' : 'TLSv1.2 TLSv1.3',
    'ssl-reject-handshake': 'true',
    'ssl-session-tickets': 'false',
    'use-forwarded-headers': 'false',
    ...(proxies === undefined
      ? { 'use-proxy-protocol': 'false' as const }
      : { 'proxy-real-ip-cidr': proxies.join(','), 'use-proxy-protocol': 'true' as const }),
    'worker-shutdown-timeout': `${ENDING.requestsEnd}s`,
  };
}
