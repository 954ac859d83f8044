import type { ChartReference, Component } from '../../charts/catalogue';
import type { ChartSource } from '../../charts/gitops';

/** How messages and the lock name a chart: `https://kedacore.github.io/charts/keda 2.15.1`. */
export function chartText({ repository, name, version }: ChartReference): string {
  return `${repository.replace(/\/+$/, '')}/${name} ${version}`;
}

/** Every chart that a catalogue names, once, in the order of their texts. */
export function chartsOf(components: readonly Component[]): readonly ChartReference[] {
  const charts = components.flatMap(({ releases }) => releases.flatMap(({ chart }) => chart ?? []));
  const byText = new Map(charts.map((chart) => [chartText(chart), chart]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, chart]) => chart);
}

/** The chart of a unit's source. */
export function chartOf({ repoURL, chart, version }: ChartSource): ChartReference {
  return { repository: repoURL, name: chart, version };
}
