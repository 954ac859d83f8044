import { type Dashboard, dashboard } from './dashboard';
import { stat, timeseries } from './panel';
import { max, oneOf, select, sum } from './promql';
import { latency, type Requests, requestRate, requestStats, successShare } from './requests';
import { isRunning, type Subject, serversOf } from './subject';
import { table } from './table';
import { workloadUid } from './workload';

/** Uid of the dashboard that people open first. */
export const SERVICE_HEALTH_UID = 'service-health';

/** Health and performance of all services of a platform together: which one is it, and since when? */
export function serviceHealth(subject: Subject): Dashboard {
  const { cluster, workloads } = subject;
  const { namespace, platform } = cluster;
  const servers = workloads.flatMap(({ name }) => serversOf(name, subject));
  const requests: Requests | undefined = servers.length === 0 ? undefined : { namespace, servers: oneOf(servers) };
  const deployment = oneOf(workloads.filter(isRunning).map(({ name }) => name));
  const spec = select('kube_deployment_spec_replicas', { namespace, deployment });
  const available = select('kube_deployment_status_replicas_available', { namespace, deployment });
  const wide = requests === undefined ? 8 : 4;
  return dashboard({
    uid: SERVICE_HEALTH_UID,
    title: 'Service health',
    description: `All services of ${cluster.name}: which of them fails or is slow, and since when.`,
    tags: [platform, 'overview'],
    rows: [
      {
        title: 'Now',
        panels: [
          ...(requests === undefined ? [] : requestStats(requests)),
          stat({
            title: 'Alerts',
            description: 'Alerts that fire, of all severities.',
            unit: 'short',
            decimals: 0,
            span: wide,
            limits: { warn: 1, bad: 5 },
            expr: `${sum(select('ALERTS', { alertstate: 'firing', alertname: { not: 'Watchdog' } }))} or vector(0)`,
          }),
          stat({
            title: 'Pods missing',
            description: 'Pods that should run and are not ready.',
            unit: 'short',
            decimals: 0,
            span: wide,
            limits: { warn: 1, bad: 3 },
            expr: `${sum(select('kube_deployment_status_replicas_unavailable', { namespace, deployment }))} or vector(0)`,
          }),
          stat({
            title: 'Restarts, 1 h',
            description: 'Restarts of containers within the last hour.',
            unit: 'short',
            decimals: 0,
            span: wide,
            limits: { warn: 1, bad: 10 },
            expr: `${sum(`increase(${select('kube_pod_container_status_restarts_total', { namespace })}[1h])`)} or vector(0)`,
          }),
        ],
      },
      {
        title: 'Services',
        panels: [
          ...(requests === undefined
            ? []
            : [
                table({
                  title: 'Requests by service',
                  description: 'What each service is asked through the mesh, by the port of the service.',
                  span: 12,
                  height: 10,
                  rows: { srv_name: 'Service and port' },
                  columns: [
                    { title: 'Requests', unit: 'reqps' as const, expr: requestRate(requests, ['srv_name']) },
                    {
                      title: 'Success',
                      unit: 'percentunit' as const,
                      expr: successShare(requests, ['srv_name']),
                      limits: { warn: 0.999, bad: 0.99 },
                    },
                    {
                      title: 'p95',
                      unit: 'ms' as const,
                      expr: latency(0.95, requests, ['srv_name']),
                      limits: { warn: 500, bad: 2000 },
                    },
                  ],
                }),
              ]),
          table({
            title: 'Pods by service',
            description: 'Pods that are ready, that should run, and that are missing. The name leads to the dashboard of the service.',
            span: requests === undefined ? 24 : 12,
            height: 10,
            rows: { deployment: 'Service' },
            columns: [
              { title: 'Ready', unit: 'short', expr: max(available, ['deployment']) },
              { title: 'Desired', unit: 'short', expr: max(spec, ['deployment']) },
              {
                title: 'Missing',
                unit: 'short',
                expr: max(select('kube_deployment_status_replicas_unavailable', { namespace, deployment }), ['deployment']),
                limits: { warn: 1, bad: 2 },
              },
            ],
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
            link: { label: 'deployment', title: 'Dashboard of the service', url: `/d/${workloadUid('${__value.text}')}` },
          }),
        ],
      },
      {
        title: 'Requests',
        panels:
          requests === undefined
            ? []
            : [
                timeseries({
                  title: 'Request rate',
                  description: 'Requests per second that arrive through the mesh, by service and port.',
                  unit: 'reqps',
                  span: 8,
                  height: 10,
                  queries: [{ expr: requestRate(requests, ['srv_name']), legend: '{{srv_name}}' }],
                }),
                timeseries({
                  title: 'Failures',
                  description: 'Share of requests that failed (status 5xx), by service and port.',
                  unit: 'percentunit',
                  span: 8,
                  height: 10,
                  limits: { bad: 0.01 },
                  queries: [{ expr: `1 - (\n${successShare(requests, ['srv_name'])}\n)`, legend: '{{srv_name}}' }],
                }),
                timeseries({
                  title: 'Latency, p95',
                  description: 'Time within which 95 of 100 requests were answered, by service and port.',
                  unit: 'ms',
                  span: 8,
                  height: 10,
                  queries: [{ expr: latency(0.95, requests, ['srv_name']), legend: '{{srv_name}}' }],
                }),
              ],
      },
      {
        title: 'Pods and alerts',
        panels: [
          timeseries({
            title: 'Pods missing',
            description: 'Pods that should run and are not ready, by service.',
            unit: 'short',
            decimals: 0,
            span: 8,
            queries: [
              {
                expr: `${max(select('kube_deployment_status_replicas_unavailable', { namespace, deployment }), ['deployment'])} > 0`,
                legend: '{{deployment}}',
              },
            ],
          }),
          timeseries({
            title: 'Restarts',
            description: 'Restarts of containers within an hour, by container.',
            unit: 'short',
            decimals: 0,
            span: 8,
            queries: [
              {
                expr: `${sum(`increase(${select('kube_pod_container_status_restarts_total', { namespace })}[1h])`, ['container'])} > 0`,
                legend: '{{container}}',
              },
            ],
          }),
          table({
            title: 'Alerts',
            description: 'Alerts that fire now.',
            span: 8,
            rows: { alertname: 'Alert', severity: 'Severity', namespace: 'Namespace' },
            columns: [
              {
                title: 'Firing',
                unit: 'short',
                expr: sum(select('ALERTS', { alertstate: 'firing', alertname: { not: 'Watchdog' } }), [
                  'alertname',
                  'severity',
                  'namespace',
                ]),
              },
            ],
          }),
        ],
      },
    ],
  });
}
