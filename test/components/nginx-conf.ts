import type { NginxConfig } from '../../charts/ingress-nginx/config';

/** What of the controller and one Ingress decides nginx.conf. */
export interface ConfSource {
  readonly config: NginxConfig;
  /** Annotations of the Ingress. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly host: string;
  /** Ports that nginx listens on. */
  readonly http: number;
  readonly https: number;
  /** Port on loopback of what is behind the Ingress. */
  readonly upstream: number;
  /** Folder for its files, with `tls.crt` and `tls.key`. */
  readonly folder: string;
}

/** Keys that the controller itself reads: they are no part of nginx.conf. */
const CONTROLLER_ONLY = ['allow-snippet-annotations', 'annotations-risk-level', 'strict-validate-path-type'];

const onOff = (value: string): string => (value === 'true' ? 'on' : 'off');

/** Directives of the `http` block by the key that sets them, as the controller's template writes them. */
const HTTP: Readonly<Partial<Record<keyof NginxConfig, (value: string) => string>>> = {
  'client-body-timeout': (value) => `client_body_timeout ${value}s;`,
  'client-header-timeout': (value) => `client_header_timeout ${value}s;`,
  'hide-headers': (value) =>
    value
      .split(',')
      .map((name) => `proxy_hide_header ${name};`)
      .join(' '),
  'keep-alive': (value) => `keepalive_timeout ${value}s;`,
  'limit-conn-status-code': (value) => `limit_conn_status ${value};`,
  'limit-req-status-code': (value) => `limit_req_status ${value};`,
  'proxy-body-size': (value) => `client_max_body_size ${value};`,
  'proxy-connect-timeout': (value) => `proxy_connect_timeout ${value}s;`,
  'proxy-real-ip-cidr': (value) =>
    value
      .split(',')
      .map((cidr) => `set_real_ip_from ${cidr};`)
      .join(' '),
  'server-tokens': (value) => `server_tokens ${onOff(value)};`,
  'ssl-ciphers': (value) => `ssl_ciphers '${value}'; ssl_prefer_server_ciphers on;`,
  'ssl-protocols': (value) => `ssl_protocols ${value};`,
  'ssl-session-tickets': (value) => `ssl_session_tickets ${onOff(value)};`,
  'use-proxy-protocol': (value) => (value === 'true' ? 'real_ip_header proxy_protocol; real_ip_recursive on;' : ''),
};

/** Keys that are written elsewhere than in {@link HTTP}. */
const ELSEWHERE = [
  'generate-request-id',
  'hsts',
  'hsts-include-subdomains',
  'hsts-max-age',
  'hsts-preload',
  'log-format-escape-json',
  'log-format-upstream',
  'ssl-reject-handshake',
  'use-forwarded-headers',
  'worker-shutdown-timeout',
];

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** Directives of the location by the annotation that sets them. The zones stand in the `http` block. */
const LOCATION: Readonly<Record<string, (value: string, all: (name: string) => string) => string>> = {
  // Whether it is proxy_pass or grpc_pass: of no other consequence.
  'backend-protocol': () => '',
  'limit-burst-multiplier': () => '',
  'limit-connections': (value) => `limit_conn conn ${value};`,
  'limit-rps': (value, all) => `limit_req zone=rps burst=${Number(value) * Number(all('limit-burst-multiplier'))} nodelay;`,
  'proxy-body-size': (value) => `client_max_body_size ${value};`,
  'proxy-read-timeout': (value) => `proxy_read_timeout ${value}s;`,
  'proxy-send-timeout': (value) => `proxy_send_timeout ${value}s;`,
  'service-upstream': () => '',
};

/**
 * The parts of nginx.conf that follow from what we set, in the form that nginx itself can check and run. What the controller does in Lua
 * (HSTS) is written as the directive with the same effect.
 * @throws for a key or an annotation that this does not know: nothing may be set that is not tried
 */
export function nginxConf({ annotations, host, http, https, upstream, folder, ...source }: ConfSource): string {
  const config: Readonly<Record<keyof NginxConfig, string | undefined>> = { 'proxy-real-ip-cidr': undefined, ...source.config };
  const known = [...CONTROLLER_ONLY, ...ELSEWHERE, ...Object.keys(HTTP)];
  const unknown = Object.keys(source.config).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new Error(`keys ${unknown.join(', ')} of the ConfigMap are not tried: add them to test/components/nginx-conf.ts`);
  const value = (name: string): string => annotations[`${PREFIX}${name}`] ?? '';
  const location = Object.entries(annotations).map(([name, stated]) => {
    const write = name.startsWith(PREFIX) ? LOCATION[name.slice(PREFIX.length)] : () => '';
    if (write === undefined) throw new Error(`the annotation ${name} is not tried: add it to test/components/nginx-conf.ts`);
    return write(stated, value);
  });
  const stated = Object.entries(HTTP).map(([key, write]) => {
    const given = config[key as keyof NginxConfig];
    return given === undefined || write === undefined ? '' : write(given);
  });
  const proxied = config['use-proxy-protocol'] === 'true' ? ' proxy_protocol' : '';
  const hsts = `max-age=${config['hsts-max-age']}${config['hsts-include-subdomains'] === 'true' ? '; includeSubDomains' : ''}${config['hsts-preload'] === 'true' ? '; preload' : ''}`;
  return `
pid ${folder}/nginx.pid;
error_log stderr warn;
daemon off;
worker_processes 1;
worker_shutdown_timeout ${config['worker-shutdown-timeout']};
events { worker_connections 64; }
http {
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  map $http_x_request_id $req_id { default $http_x_request_id; "" ${config['generate-request-id'] === 'true' ? '$request_id' : '""'}; }
  log_format upstreaminfo ${config['log-format-escape-json'] === 'true' ? 'escape=json ' : ''}'${config['log-format-upstream']}';
  access_log ${folder}/access.log upstreaminfo;
  ${stated.filter((line) => line !== '').join('\n  ')}
  limit_req_zone $binary_remote_addr zone=rps:5m rate=${value('limit-rps')}r/s;
  limit_conn_zone $binary_remote_addr zone=conn:5m;
  server { listen 127.0.0.1:${https} default_server ssl http2${proxied}; server_name _; ssl_reject_handshake ${onOff(config['ssl-reject-handshake'] ?? '')}; }
  server {
    listen 127.0.0.1:${http}${proxied};
    listen 127.0.0.1:${https} ssl http2${proxied};
    server_name ${host};
    ssl_certificate ${folder}/tls.crt; ssl_certificate_key ${folder}/tls.key;
    location / {
      set $namespace shop; set $ingress_name subject; set $service_name subject;
      ${location.filter((line) => line !== '').join('\n      ')}
      ${config.hsts === 'true' ? `add_header Strict-Transport-Security "${hsts}" always;` : ''}
      proxy_set_header X-Forwarded-For ${config['use-forwarded-headers'] === 'true' ? '$proxy_add_x_forwarded_for' : '$remote_addr'};
      proxy_set_header X-Request-ID $req_id;
      proxy_pass http://127.0.0.1:${upstream};
    }
  }
}
`;
}
