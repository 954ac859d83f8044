import { type Panel, stat, timeseries } from './panel';
import { type Match, quantile, rate, select, share, sum } from './promql';

/** Requests as the mesh counts them where they arrive, by the `Server` that they are for. Probes and scrapes have others. */
export interface Requests {
  readonly namespace: string;
  /** Names of `Server`s. */
  readonly servers: Match;
  /** Only requests of these callers, by their identity in the mesh. @default - everybody's */
  readonly caller?: Match;
}

/** Share of requests that may fail before numbers turn yellow and red. */
const SUCCESS = { warn: 0.999, bad: 0.99 } as const;
/** Milliseconds of the slowest in twenty. */
const LATENCY = { warn: 500, bad: 2000 } as const;

const labelsOf = ({ namespace, servers, caller }: Requests): Readonly<Record<string, Match>> => ({
  namespace,
  direction: 'inbound',
  srv_name: servers,
  ...(caller === undefined ? {} : { client_id: caller }),
});

/** Requests per second. */
export const requestRate = (requests: Requests, by: readonly string[] = []): string =>
  sum(rate(select('request_total', labelsOf(requests))), by);

/** Share of answers that are no failure (status 5xx, or the codes of gRPC that count as such). */
export const successShare = (requests: Requests, by: readonly string[] = []): string => {
  const labels = labelsOf(requests);
  return share(
    sum(rate(select('response_total', { ...labels, classification: 'success' })), by),
    sum(rate(select('response_total', labels)), by),
  );
};

/** Milliseconds from a request to the first bytes of its answer. */
export const latency = (at: number, requests: Requests, by: readonly string[] = []): string =>
  quantile(at, select('response_latency_ms_bucket', labelsOf(requests)), by);

/** Rate, success and latency as numbers of now: half a line. */
export const requestStats = (requests: Requests): readonly Panel[] => [
  stat({
    title: 'Requests',
    description: 'Requests per second that arrive through the mesh, without probes and scrapes.',
    unit: 'reqps',
    span: 4,
    expr: requestRate(requests),
    none: 'none',
  }),
  stat({
    title: 'Success',
    description: 'Share of requests that were answered without a failure (status 5xx).',
    unit: 'percentunit',
    decimals: 2,
    span: 4,
    limits: SUCCESS,
    expr: successShare(requests),
    none: 'no requests',
  }),
  stat({
    title: 'Latency, p95',
    description: 'Time within which 95 of 100 requests were answered.',
    unit: 'ms',
    span: 4,
    limits: LATENCY,
    expr: latency(0.95, requests),
    none: 'no requests',
  }),
];

/** Words about requests that a service gets, and about calls that it makes. */
const WORDS = {
  gets: {
    rate: 'Request rate',
    failures: 'Failures',
    latency: 'Latency',
    what: 'Requests per second that arrive through the mesh, by port.',
  },
  makes: {
    rate: 'Calls',
    failures: 'Failed calls',
    latency: 'Latency of calls',
    what: 'Calls per second through the mesh, by service and port that is called.',
  },
} as const;

/**
 * Rate, failures and latency over time, a line of panels; a series for each `Server`.
 * @param side - whether these are requests that a service gets, or calls that it makes, as the callees see them
 */
export function requestPanels(requests: Requests, side: keyof typeof WORDS): readonly Panel[] {
  const words = WORDS[side];
  return [
    timeseries({
      title: words.rate,
      description: words.what,
      unit: 'reqps',
      span: 8,
      queries: [{ expr: requestRate(requests, ['srv_name']), legend: '{{srv_name}}' }],
    }),
    timeseries({
      title: words.failures,
      description: 'Share of them that failed (status 5xx).',
      unit: 'percentunit',
      span: 8,
      limits: { bad: 0.01 },
      queries: [{ expr: `1 - (\n${successShare(requests, ['srv_name'])}\n)`, legend: '{{srv_name}}' }],
    }),
    timeseries({
      title: words.latency,
      description: 'Time within which 50, 95 and 99 of 100 were answered.',
      unit: 'ms',
      span: 8,
      queries: [
        { expr: latency(0.5, requests), legend: 'p50' },
        { expr: latency(0.95, requests), legend: 'p95' },
        { expr: latency(0.99, requests), legend: 'p99' },
      ],
    }),
  ];
}

/** Requests by who sends them. The identity's first part is the ServiceAccount. */
export const callerPanel = (requests: Requests, span: number): Panel =>
  timeseries({
    title: 'Callers',
    description: 'Requests per second by who sends them: the ServiceAccount that the mesh knows. Unnamed callers are outside the mesh.',
    unit: 'reqps',
    span,
    stacked: true,
    queries: [
      {
        expr: sum(`label_replace(${rate(select('request_total', labelsOf(requests)))}, "caller", "$1", "client_id", "([^.]+)[.].*")`, [
          'caller',
        ]),
        legend: '{{caller}}',
      },
    ],
  });

/** Answers by their status. */
export const statusPanel = (requests: Requests, span: number): Panel =>
  timeseries({
    title: 'Answers',
    description: 'Answers per second by HTTP status.',
    unit: 'reqps',
    span,
    stacked: true,
    queries: [{ expr: sum(rate(select('response_total', labelsOf(requests))), ['status_code']), legend: '{{status_code}}' }],
  });
