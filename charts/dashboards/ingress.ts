import { type Dashboard, dashboard } from './dashboard';
import { stat, timeseries } from './panel';
import { max, quantile, rate, select, sum } from './promql';
import type { Subject } from './subject';
import { table } from './table';

const REQUESTS = 'nginx_ingress_controller_requests';

/** The ingress controller: all hosts together, and nginx itself. */
export function ingress({ cluster }: Subject): Dashboard {
  const failed = (by: readonly string[] = []) => sum(rate(select(REQUESTS, { status: { matches: '5..' } })), by);
  const host = ['host'];
  return dashboard({
    uid: 'ingress-nginx',
    title: 'Ingress',
    description: `ingress-nginx of ${cluster.name}: requests from outside by host, and how nginx itself does.`,
    tags: [cluster.platform, 'component'],
    rows: [
      {
        title: 'Now',
        panels: [
          stat({
            title: 'Requests',
            description: 'Requests per second from outside.',
            unit: 'reqps',
            span: 6,
            expr: sum(rate(REQUESTS)),
            none: 'none',
          }),
          stat({
            title: 'Failures',
            description: 'Share of requests that were answered with status 5xx.',
            unit: 'percentunit',
            decimals: 2,
            span: 6,
            limits: { warn: 0.001, bad: 0.01 },
            expr: `(${failed()} or vector(0))\n/\n${sum(rate(REQUESTS))}`,
            none: 'no requests',
          }),
          stat({
            title: 'Connections',
            description: 'Connections of clients that are open, WebSockets among them.',
            unit: 'short',
            decimals: 0,
            span: 6,
            expr: sum(select('nginx_ingress_controller_nginx_process_connections', { state: 'active' })),
          }),
          stat({
            title: 'Configuration',
            description: 'Pods whose nginx took its last configuration, as a share of all.',
            unit: 'percentunit',
            decimals: 0,
            most: 1,
            span: 6,
            limits: { warn: 1, bad: 0.5 },
            expr: 'avg(nginx_ingress_controller_config_last_reload_successful)',
          }),
        ],
      },
      {
        title: 'Hosts',
        panels: [
          timeseries({
            title: 'Requests',
            description: 'Requests per second by host.',
            unit: 'reqps',
            span: 8,
            queries: [{ expr: sum(rate(REQUESTS), host), legend: '{{host}}' }],
          }),
          timeseries({
            title: 'Failures',
            description: 'Requests per second that were answered with status 5xx, by host and status.',
            unit: 'reqps',
            span: 8,
            queries: [{ expr: failed(['host', 'status']), legend: '{{host}} {{status}}' }],
          }),
          timeseries({
            title: 'Latency, p95',
            description: 'Time within which 95 of 100 requests were answered, by host.',
            unit: 's',
            span: 8,
            queries: [{ expr: quantile(0.95, 'nginx_ingress_controller_request_duration_seconds_bucket', host), legend: '{{host}}' }],
          }),
          timeseries({
            title: 'Turned away',
            description: 'Requests per second that were answered with 429, as they were too many, or with 403 or 413.',
            unit: 'reqps',
            span: 8,
            queries: [
              {
                expr: sum(rate(select(REQUESTS, { status: { matches: '403|413|429' } })), ['host', 'status']),
                legend: '{{host}} {{status}}',
              },
            ],
          }),
          timeseries({
            title: 'Sent',
            description: 'Bytes per second that went to clients, by host.',
            unit: 'binBps',
            span: 8,
            queries: [{ expr: sum(rate('nginx_ingress_controller_response_size_sum'), host), legend: '{{host}}' }],
          }),
          table({
            title: 'Certificates',
            description: 'When the certificates that nginx shows end.',
            span: 8,
            rows: { host: 'Host' },
            columns: [
              {
                title: 'Ends in',
                unit: 's',
                limits: { warn: 20 * 86_400, bad: 7 * 86_400 },
                expr: `min by (host) (${select('nginx_ingress_controller_ssl_expire_time_seconds', { host: { not: '_' } })}) - time()`,
              },
            ],
          }),
        ],
      },
      {
        title: 'nginx',
        panels: [
          timeseries({
            title: 'Connections',
            description: 'Connections by what they do.',
            unit: 'short',
            span: 8,
            queries: [{ expr: sum('nginx_ingress_controller_nginx_process_connections', ['state']), legend: '{{state}}' }],
          }),
          timeseries({
            title: 'CPU',
            description: 'CPU that nginx uses, by pod.',
            unit: 'suffix: cores',
            span: 8,
            queries: [
              {
                expr: sum(rate('nginx_ingress_controller_nginx_process_cpu_seconds_total'), ['controller_pod']),
                legend: '{{controller_pod}}',
              },
            ],
          }),
          timeseries({
            title: 'Memory',
            description: 'Memory of nginx, by pod.',
            unit: 'bytes',
            span: 8,
            queries: [
              {
                expr: max('nginx_ingress_controller_nginx_process_resident_memory_bytes', ['controller_pod']),
                legend: '{{controller_pod}}',
              },
            ],
          }),
        ],
      },
    ],
  });
}
