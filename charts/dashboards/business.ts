import type { Business, BusinessMetric } from '../workload/business';
import { type Dashboard, dashboard } from './dashboard';
import { type Panel, stat, timeseries } from './panel';
import { max, rate, select, sum } from './promql';
import type { Subject } from './subject';

/** A part of the product, and where it is counted. */
interface Part {
  readonly business: Business;
  readonly workload: string;
}

/** What of the product the workloads count, in their order. */
const partsOf = ({ workloads }: Pick<Subject, 'workloads'>): readonly Part[] =>
  workloads.flatMap(({ name, props }) =>
    props.metrics?.business === undefined ? [] : [{ business: props.metrics.business, workload: name }],
  );

/** How the product does: a row for each part of it. `undefined` where no workload counts anything. */
export function businessMetrics(subject: Subject): Dashboard | undefined {
  const { cluster } = subject;
  const parts = partsOf(subject);
  if (parts.length === 0) return undefined;
  return dashboard({
    uid: 'business',
    title: 'Business',
    description: `How ${cluster.platform} does: ${parts.map(({ business }) => business.title.toLowerCase()).join(', ')}.`,
    tags: [cluster.platform, 'overview'],
    rows: parts.flatMap((part) => [
      { title: part.business.title, panels: numbers(part, cluster.namespace) },
      { title: `${part.business.title} over time`, panels: courses(part, cluster.namespace) },
    ]),
  });
}

const selectorOf = ({ name }: BusinessMetric, namespace: string): string => select(name, { namespace });

/** The whole of a gauge, which every pod tells. */
const whole = (metric: BusinessMetric, namespace: string): string => {
  const parts = max(selectorOf(metric, namespace), metric.by === undefined ? [] : [metric.by]);
  return metric.by === undefined ? parts : sum(parts);
};

function numbers({ business, workload }: Part, namespace: string): readonly Panel[] {
  const spans = spread(business.metrics.length);
  return business.metrics.map((metric, i) =>
    stat({
      title: metric.type === 'counter' ? `${metric.title}, 24 h` : metric.title,
      description: `${metric.description} Counted by ${workload}.`,
      unit: 'short',
      decimals: 0,
      span: spans[i] ?? 24,
      expr: metric.type === 'counter' ? sum(`increase(${selectorOf(metric, namespace)}[24h])`) : whole(metric, namespace),
      none: 'not counted',
    }),
  );
}

function courses({ business, workload }: Part, namespace: string): readonly Panel[] {
  const spans = spread(business.metrics.length);
  return business.metrics.map((metric, i) => {
    const by = metric.by === undefined ? [] : [metric.by];
    const counter = metric.type === 'counter';
    return timeseries({
      title: counter ? `${metric.title} per hour` : metric.title,
      description: `${metric.description} Counted by ${workload}.`,
      unit: counter ? 'suffix: per hour' : 'short',
      span: spans[i] ?? 24,
      stacked: by.length > 0,
      queries: [
        {
          expr: counter ? `${sum(rate(selectorOf(metric, namespace)), by)} * 3600` : max(selectorOf(metric, namespace), by),
          legend: metric.by === undefined ? metric.title.toLowerCase() : `{{${metric.by}}}`,
        },
      ],
    });
  });
}

/** Widths of so many panels, four to a line at most, that fill all lines. */
function spread(count: number): readonly number[] {
  if (count === 0) return [];
  const line = Math.min(count, 4);
  // Five are three and two, not four and one.
  const first = count > 4 && count % 4 === 1 ? 3 : line;
  return [...Array<number>(first).fill(24 / first), ...spread(count - first)];
}
