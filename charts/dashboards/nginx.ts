import { type Panel, stat, timeseries } from './panel';
import { type Match, quantile, rate, select, sum } from './promql';

/** Requests of some hosts as numbers of now: a line. */
export function nginxStats(host: Match): readonly Panel[] {
  const requests = (status?: string) =>
    sum(rate(select('nginx_ingress_controller_requests', { host, ...(status === undefined ? {} : { status: { matches: status } }) })));
  return [
    stat({
      title: 'Requests from outside',
      description: 'Requests per second that arrive at the edge, of all hosts here.',
      unit: 'reqps',
      span: 6,
      expr: requests(),
      none: 'none',
    }),
    stat({
      title: 'Failures at the edge',
      description: 'Share of requests that were answered with status 5xx.',
      unit: 'percentunit',
      decimals: 2,
      span: 6,
      limits: { warn: 0.001, bad: 0.01 },
      expr: `(${requests('5..')} or vector(0))\n/\n${requests()}`,
      none: 'no requests',
    }),
    stat({
      title: 'Latency at the edge, p95',
      description: 'Time within which 95 of 100 requests were answered, until the last byte went to the client.',
      unit: 's',
      span: 6,
      limits: { warn: 0.5, bad: 2 },
      expr: quantile(0.95, select('nginx_ingress_controller_request_duration_seconds_bucket', { host })),
      none: 'no requests',
    }),
    stat({
      title: 'Turned away',
      description: 'Requests per second of clients that asked too often (status 429).',
      unit: 'reqps',
      span: 6,
      limits: { warn: 1, bad: 50 },
      expr: `${requests('429')} or vector(0)`,
    }),
  ];
}

/** Requests of one host as the ingress controller sees them: a line of panels. */
export function nginxPanels(host: Match): readonly Panel[] {
  const requests = select('nginx_ingress_controller_requests', { host });
  const buckets = select('nginx_ingress_controller_request_duration_seconds_bucket', { host });
  return [
    timeseries({
      title: 'Requests from outside',
      description: 'Requests per second by status. 429 is for clients that asked too often, 499 for those that hung up.',
      unit: 'reqps',
      span: 8,
      stacked: true,
      queries: [{ expr: sum(rate(requests), ['status']), legend: '{{status}}' }],
    }),
    timeseries({
      title: 'Failures at the edge',
      description: 'Share of requests that were answered with status 5xx, and with 4xx.',
      unit: 'percentunit',
      span: 8,
      limits: { bad: 0.01 },
      queries: [
        {
          expr: `${sum(rate(select('nginx_ingress_controller_requests', { host, status: { matches: '5..' } })))}\n/\n${sum(rate(requests))}`,
          legend: '5xx',
        },
        {
          expr: `${sum(rate(select('nginx_ingress_controller_requests', { host, status: { matches: '4..' } })))}\n/\n${sum(rate(requests))}`,
          legend: '4xx',
        },
      ],
    }),
    timeseries({
      title: 'Latency at the edge',
      description: 'Time within which 50, 95 and 99 of 100 requests were answered, until the last byte went to the client.',
      unit: 's',
      span: 8,
      queries: [0.5, 0.95, 0.99].map((at) => ({ expr: quantile(at, buckets), legend: `p${at * 100}` })) as [
        { expr: string; legend: string },
        ...{ expr: string; legend: string }[],
      ],
    }),
  ];
}
