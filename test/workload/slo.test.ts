import { describe, expect, test } from 'vitest';
import { sloAlerts } from '../../charts/alerts/slo';
import { service } from '../../charts/workload/definition';
import { fixed } from '../../charts/workload/scaling';
import { type Rendered, render } from './support';

const props = {
  image: 'shop/subject',
  ports: { http: 8080 },
  nodeGroup: 'plain',
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  scale: fixed(2),
} as const;
const slo = { availability: 99.9, latency: { within: 500, percent: 95 } } as const;
const rules = (rendered: ReturnType<typeof render>): readonly Rendered[] =>
  rendered.of('PrometheusRule').flatMap(({ spec }) => spec.groups.flatMap((group: Rendered) => group.rules));

describe('the objectives of a workload', () => {
  test('become alerts beside it, about its own pods', () => {
    const all = rules(render(service('subject', { ...props, slo })));
    expect(new Set(all.flatMap(({ alert }) => alert ?? []))).toEqual(new Set(['SloAvailabilityBudgetBurn', 'SloLatencyBudgetBurn']));
    const measured = all.filter(({ record }) => record !== undefined);
    expect(measured.length).toBeGreaterThan(0);
    for (const { expr } of measured) expect(expr).toContain('namespace="shop", deployment="subject"');
  });

  test('say nothing where nothing is promised, or nobody measures', () => {
    expect(rules(render(service('subject', props)))).toEqual([]);
    expect(rules(render(service('subject', { ...props, slo }), { cluster: { mesh: false } }))).toEqual([]);
  });

  test('follow a StatefulSet by its own label', () => {
    const { recordings = [] } = sloAlerts({ name: 'db', namespace: 'shop', controller: 'statefulset', slo });
    expect(recordings[0]?.expr).toContain('statefulset="db"');
  });
});
