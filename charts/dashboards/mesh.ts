import { LINKERD_NAMESPACE } from '../linkerd/names';
import { type Dashboard, dashboard } from './dashboard';
import { stat, timeseries } from './panel';
import { quantile, rate, select, share, sum } from './promql';
import type { Subject } from './subject';

const INBOUND = { direction: 'inbound' } as const;
/** The control plane's API, by what of it answers. */
const CONTROL = { namespace: LINKERD_NAMESPACE } as const;

/** The mesh: whether requests go through it, whom it turns away, and how its control plane does. */
export function mesh({ cluster }: Subject): Dashboard {
  const all = rate(select('request_total', INBOUND));
  const secured = rate(select('request_total', { ...INBOUND, tls: 'true' }));
  const denied = (kind: 'http' | 'tcp', by: readonly string[]) => sum(rate(`inbound_${kind}_authz_deny_total`), by);
  return dashboard({
    uid: 'mesh',
    title: 'Mesh',
    description: `Linkerd in ${cluster.name}: traffic between pods, calls that policies refuse, and the control plane.`,
    tags: [cluster.platform, 'component'],
    rows: [
      {
        title: 'Now',
        panels: [
          stat({
            title: 'Requests',
            description: 'Requests per second that arrive at meshed pods, with scrapes and probes.',
            unit: 'reqps',
            span: 6,
            expr: sum(all),
            none: 'none',
          }),
          stat({
            title: 'Between proxies',
            description:
              'Share of requests that came from another proxy, with its identity. The rest are probes of kubelets, and callers outside the mesh.',
            unit: 'percentunit',
            decimals: 1,
            most: 1,
            span: 6,
            expr: share(sum(secured), sum(all)),
          }),
          stat({
            title: 'Refused',
            description:
              'Requests and connections per second that policies refused. There should be none: who calls without leave is a mistake or an attack.',
            unit: 'ops',
            decimals: 2,
            span: 6,
            limits: { warn: 0.001, bad: 1 },
            expr: `(${denied('http', [])} or vector(0)) + (${denied('tcp', [])} or vector(0))`,
          }),
          stat({
            title: 'Proxies',
            description: 'Proxies that Prometheus sees.',
            unit: 'short',
            decimals: 0,
            span: 6,
            expr: 'count(proxy_build_info)',
          }),
        ],
      },
      {
        title: 'Traffic',
        panels: [
          timeseries({
            title: 'Requests',
            description: 'Requests per second by the namespace where they arrive.',
            unit: 'reqps',
            span: 8,
            queries: [{ expr: sum(all, ['namespace']), legend: '{{namespace}}' }],
          }),
          timeseries({
            title: 'Failures',
            description: 'Share of requests that failed, by the namespace where they arrive.',
            unit: 'percentunit',
            span: 8,
            limits: { bad: 0.01 },
            queries: [
              {
                expr: `1 - (\n${share(sum(rate(select('response_total', { ...INBOUND, classification: 'success' })), ['namespace']), sum(rate(select('response_total', INBOUND)), ['namespace']))}\n)`,
                legend: '{{namespace}}',
              },
            ],
          }),
          timeseries({
            title: 'Connections',
            description: 'Open TCP connections at meshed pods, by namespace and whether they are between proxies.',
            unit: 'short',
            span: 8,
            queries: [
              {
                expr: sum(select('tcp_open_connections', { ...INBOUND, peer: 'src' }), ['namespace', 'tls']),
                legend: '{{namespace}}, proxy: {{tls}}',
              },
            ],
          }),
        ],
      },
      {
        title: 'Policies',
        panels: [
          timeseries({
            title: 'Refused requests',
            description: 'Requests per second that policies refused, by callee and caller. An empty caller has no identity in the mesh.',
            unit: 'reqps',
            span: 12,
            queries: [
              {
                expr: `${denied('http', ['namespace', 'srv_name', 'client_id'])} > 0`,
                legend: '{{namespace}} {{srv_name}} from {{client_id}}',
              },
            ],
          }),
          timeseries({
            title: 'Refused connections',
            description: 'Connections per second that policies refused, by callee and caller.',
            unit: 'ops',
            span: 12,
            queries: [
              {
                expr: `${denied('tcp', ['namespace', 'srv_name', 'client_id'])} > 0`,
                legend: '{{namespace}} {{srv_name}} from {{client_id}}',
              },
            ],
          }),
        ],
      },
      {
        title: 'Control plane and proxies',
        panels: [
          timeseries({
            title: 'Requests to the control plane',
            description:
              'Calls per second that its programs answered, by code. Proxies keep what they know when nobody answers, but new pods do not start.',
            unit: 'reqps',
            span: 8,
            queries: [
              {
                expr: sum(rate(select('grpc_server_handled_total', CONTROL)), ['grpc_service', 'grpc_code']),
                legend: '{{grpc_service}} {{grpc_code}}',
              },
            ],
          }),
          timeseries({
            title: 'Latency, p99',
            description: 'Time within which 99 of 100 requests were answered, by the namespace where they arrive.',
            unit: 'ms',
            span: 8,
            queries: [{ expr: quantile(0.99, select('response_latency_ms_bucket', INBOUND), ['namespace']), legend: '{{namespace}}' }],
          }),
          timeseries({
            title: 'Memory of proxies',
            description: 'Memory of the largest proxy of each namespace.',
            unit: 'bytes',
            span: 8,
            queries: [
              {
                expr: `max by (namespace) (${select('container_memory_working_set_bytes', { container: 'linkerd-proxy' })})`,
                legend: '{{namespace}}',
              },
            ],
          }),
        ],
      },
    ],
  });
}
