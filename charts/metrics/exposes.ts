/** What is known of one metric. A histogram or summary goes by its base name; `le` and `quantile` are understood. */
export interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  /** Labels that the program itself gives. @default - none */
  readonly labels?: readonly string[];
}

/** What a scrape target exposes, as far as our rules and dashboards read it. An expression with another name or label fails the tests. */
export interface Exposes {
  /** The target, by its key in the reference data of metrics; made up for what Prometheus itself adds. */
  readonly target: string;
  /** Where upstream says so. */
  readonly source: string;
  /** Whether labels of the program win over equal ones of its pod (`honorLabels`); otherwise they become `exported_…`. @default false */
  readonly honorLabels?: boolean;
  /** Labels that its scrape adds beside those of every target. @default - none */
  readonly scraped?: readonly string[];
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** Labels that Prometheus gives to every series of a pod. */
export const TARGET_LABELS: readonly string[] = ['container', 'endpoint', 'instance', 'job', 'namespace', 'pod'];

/** Labels of a metric as they are stored. */
export function storedLabels({ honorLabels, scraped = [] }: Exposes, { labels = [] }: Metric): readonly string[] {
  const target = [...TARGET_LABELS, ...scraped];
  const own = honorLabels === true ? labels : labels.map((label) => (target.includes(label) ? `exported_${label}` : label));
  return [...new Set([...target, ...own])].sort();
}
