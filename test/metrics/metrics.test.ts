import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Exposes, exposed, storedLabels } from '../../charts/metrics';
import { knownSeries, reader } from './promql';

const FACTS = join(__dirname, '../../../shared/reference/metrics.json');

interface Fact {
  readonly type: string;
  readonly labels: readonly string[];
}

/** What no scrape target of the reference data exposes. */
const BESIDE = ['aeon-dt-api', 'every target'];

describe.skipIf(!existsSync(FACTS))('metrics of the project and the reference data (../shared, skipped where it is absent)', () => {
  const facts = existsSync(FACTS) ? JSON.parse(readFileSync(FACTS, 'utf8')) : {};

  test.each(exposed.filter(({ target }) => !BESIDE.includes(target)))('agree on $target, on every line', ({ target, metrics }) => {
    const lines = Object.values(facts[target]) as { readonly metrics: Readonly<Record<string, Fact>> }[];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      for (const [name, { type, labels = [] }] of Object.entries(metrics)) {
        const fact = line.metrics[name];
        expect(fact?.type, `${target} ${name}`).toBe(type);
        expect(
          labels.filter((label) => fact?.labels.includes(label) !== true),
          `labels of ${target} ${name}`,
        ).toEqual([]);
      }
    }
  });
});

describe('the labels of a stored series', () => {
  const target: Exposes = { target: 'test', source: 'test', scraped: ['node'], metrics: {} };
  const metric = { type: 'gauge', labels: ['namespace', 'node', 'name'] } as const;

  test('keep those of the pod; what the program calls alike is exported', () => {
    expect(storedLabels(target, metric)).toEqual(
      expect.arrayContaining(['exported_namespace', 'exported_node', 'name', 'namespace', 'node']),
    );
  });

  test('are the program’s where it is told so', () => {
    expect(storedLabels({ ...target, honorLabels: true }, metric)).not.toContain('exported_namespace');
  });
});

describe('an expression', () => {
  const known = knownSeries([
    {
      target: 'test',
      source: 'test',
      metrics: {
        asked_total: { type: 'counter', labels: ['path'] },
        took_seconds: { type: 'histogram' },
        lag_seconds: { type: 'summary' },
      },
    },
  ]);

  test.each([
    'sum by (path, namespace) (rate(asked_total{path!="/"}[5m])) / on (path) group_left () asked_total > 0.5',
    'histogram_quantile(0.95, sum by (le) (rate(took_seconds_bucket{le!="+Inf"}[5m])))',
    'sum by (first) (label_replace(asked_total, "first", "$1", "path", "(/[^/]*).*"))',
    'lag_seconds{quantile="0.95"} > 2 and lag_seconds_count > 0',
  ])('of known metrics and labels is accepted: %s', async (expr) => {
    expect((await reader())(expr, known)).toEqual([]);
  });

  test.each([
    ['sum(rate(answered_total[5m]))', /no component exposes "answered_total"/],
    ['asked_total{code="500"}', /"asked_total" has no label "code"/],
    ['sum by (code) (asked_total)', /nothing that is read has the label "code"/],
    // A histogram has no series of its own name.
    ['histogram_quantile(0.95, took_seconds)', /no component exposes "took_seconds"/],
    ['lag_seconds{le="1"}', /has no label "le"/],
    ['sum by path (asked_total)', /no PromQL/],
    ['{job="x"}', /no component exposes ""/],
  ])('is refused otherwise: %s', async (expr, message) => {
    expect((await reader())(expr, known).join('\n')).toMatch(message);
  });
});
