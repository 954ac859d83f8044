import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FACTS = join(__dirname, '../../../shared/reference/metrics.json');

/** Whether the facts about metrics (../shared) are at hand; tests that need them are skipped where they are absent. */
export const hasMetricFacts = existsSync(FACTS);

interface Target {
  readonly metrics?: Readonly<Record<string, { readonly type: string; readonly labels: readonly string[] }>>;
}

/** Labels that scraping adds, and those of a target that it moves aside. */
const OF_TARGETS = ['namespace', 'pod', 'container', 'job', 'instance', 'endpoint', 'node', 'exported_namespace'];

/** Labels of every series, by its name, that programs expose on a line of Kubernetes. */
export function knownSeries(line: '1.28' | '1.34'): ReadonlyMap<string, ReadonlySet<string>> {
  const facts: Readonly<Record<string, Readonly<Record<string, Target>>>> = JSON.parse(readFileSync(FACTS, 'utf8'));
  const series = new Map<string, Set<string>>();
  for (const target of Object.values(facts)) {
    for (const [name, { type, labels }] of Object.entries(target[line]?.metrics ?? target.both?.metrics ?? {})) {
      const names = type === 'histogram' || type === 'summary' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];
      for (const each of names)
        series.set(each, new Set([...(series.get(each) ?? []), ...labels, ...OF_TARGETS, ...(each.endsWith('_bucket') ? ['le'] : [])]));
    }
  }
  // Prometheus' own.
  series.set('ALERTS', new Set(['alertname', 'alertstate', 'severity', 'team', ...OF_TARGETS]));
  return series;
}
