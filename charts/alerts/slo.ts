import { prometheus } from '../network';
import type { AlertGroup, Recording } from './rule';
import type { Severity } from './team';

/** Bounds of the buckets in which the mesh's proxies count how long requests take, in milliseconds. */
type Bucket = 1 | 2 | 3 | 4 | 5 | 10 | 20 | 30 | 40 | 50 | 100 | 200 | 300 | 400 | 500 | 1000 | 2000 | 3000 | 4000 | 5000 | 10000;

/** What callers of a workload may rely on, over four weeks. The mesh's proxy measures it, where there is a mesh. */
export interface Slo {
  /** Percent of the requests that do not fail (status 5xx, or an error of gRPC), as 99.9. */
  readonly availability: number;
  /** Percent of the requests that are answered within so many milliseconds. @default - no objective */
  readonly latency?: { readonly within: Bucket; readonly percent: number };
}

/** A workload with an objective. */
export interface Watched {
  readonly name: string;
  readonly namespace: string;
  /** What its pods belong to. */
  readonly controller: 'deployment' | 'statefulset';
  readonly slo: Slo;
}

/**
 * Windows over which a budget may burn, by how fast: of the budget of four weeks, 2 % in an hour, 5 % in six, 10 % in a day and in three.
 * The short window ends the alert soon after the cause: https://sre.google/workbook/alerting-on-slos/ (6).
 */
const BURNS: readonly { readonly long: string; readonly short: string; readonly factor: number; readonly severity: Severity }[] = [
  { long: '1h', short: '5m', factor: 13.44, severity: 'critical' },
  { long: '6h', short: '30m', factor: 5.6, severity: 'critical' },
  { long: '1d', short: '2h', factor: 2.8, severity: 'warning' },
  { long: '3d', short: '6h', factor: 0.93, severity: 'warning' },
];
const WINDOWS = [...new Set(BURNS.flatMap(({ long, short }) => [short, long]))];

/** Name of the series that has the share of bad requests over a window. */
export const errorRatio = (window: string): string => `slo:error_ratio:rate${window}`;
/** Labels of these series. */
export const SLO_LABELS: readonly string[] = ['namespace', 'objective', 'workload'];
/** All of their names. */
export const SLO_SERIES: readonly string[] = WINDOWS.map(errorRatio);

/** Share of the requests over a window that were bad. */
type Ratio = (window: string) => string;

/**
 * Alerts for the budgets of one workload, and the series that they read.
 * @throws when a percentage is no percentage, or leaves no budget
 */
export function sloAlerts(watched: Watched): AlertGroup {
  const { name, slo } = watched;
  const objectives: readonly (readonly [objective: string, alert: string, percent: number, what: string, ratio: Ratio])[] = [
    ['availability', 'SloAvailabilityBudgetBurn', slo.availability, 'fails', failing(watched)],
    ...(slo.latency === undefined
      ? []
      : [
          [
            'latency',
            'SloLatencyBudgetBurn',
            slo.latency.percent,
            `takes longer than ${slo.latency.within} ms`,
            slow(watched, slo.latency.within),
          ] as const,
        ]),
  ];
  const wrong = objectives.find(([, , percent]) => !(percent >= 50 && percent < 100));
  if (wrong !== undefined) {
    throw new Error(`${name}.slo.${wrong[0]}: ${wrong[2]}; expected percent of the requests, from 50 to below 100, as 99.9.`);
  }
  return {
    name: `slo-${name}`,
    page: 'slo',
    recordings: objectives.flatMap(([objective, , , , ratio]) =>
      WINDOWS.map(
        (window): Recording => ({
          record: errorRatio(window),
          expr: ratio(window),
          labels: { namespace: watched.namespace, objective, workload: name },
        }),
      ),
    ),
    alerts: objectives.flatMap(([objective, alert, percent, what]) =>
      (['critical', 'warning'] as const).map((severity) => ({
        name: alert,
        expr: burning(watched, objective, percent, severity),
        for: severity === 'critical' ? '2m' : '15m',
        severity,
        team: 'namespace' as const,
        summary: `What ${name} is asked for ${what} too often ({{ $value | humanizePercentage }}): ${percent} % are promised, and the budget of four weeks ${severity === 'critical' ? 'is gone within days' : 'will not last'}.`,
      })),
    ),
  };
}

/** Both windows of one of the severity's burns are above its share. */
function burning({ name, namespace }: Watched, objective: string, percent: number, severity: Severity): string {
  const matchers = `{namespace="${namespace}", objective="${objective}", workload="${name}"}`;
  return BURNS.filter((burn) => burn.severity === severity)
    .map(({ long, short, factor }) => {
      const limit = rounded(factor * (1 - percent / 100));
      return `(${errorRatio(long)}${matchers} > ${limit} and ${errorRatio(short)}${matchers} > ${limit})`;
    })
    .join(' or ');
}

const rounded = (value: number): number => Number(value.toPrecision(6));

/** Requests that proxies of the mesh sent: no probes of kubelets, no scrapes. */
function requests({ name, namespace, controller }: Watched): string {
  const scraper = prometheus({ mesh: true });
  return [
    'direction="inbound"',
    `namespace="${namespace}"`,
    `${controller}="${name}"`,
    'tls="true"',
    `client_id!~"${scraper.serviceAccount}[.]${scraper.namespace}[.].*"`,
  ].join(', ');
}

const failing =
  (watched: Watched): Ratio =>
  (window) => {
    const all = requests(watched);
    return `sum(rate(response_total{${all}, classification="failure"}[${window}])) / sum(rate(response_total{${all}}[${window}]))`;
  };

const slow =
  (watched: Watched, within: Bucket): Ratio =>
  (window) => {
    const all = requests(watched);
    // Prometheus 3 writes the bounds of buckets as decimal fractions, what it has from before as they were.
    return `1 - sum(rate(response_latency_ms_bucket{${all}, le=~"${within}([.]0)?"}[${window}])) / sum(rate(response_latency_ms_count{${all}}[${window}]))`;
  };
