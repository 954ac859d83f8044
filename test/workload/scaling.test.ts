import { describe, expect, test } from 'vitest';
import { fixed } from '../../charts/workload/scaling';
import { aService, aWorker, migration } from './fixtures';
import { render } from './support';

describe('with an autoscaler', () => {
  test('no number of replicas is rendered: it would be reset at every sync', () => {
    const rendered = render(aService({ scale: { min: 2, max: 6 } }));
    expect(rendered.one('Deployment').spec).not.toHaveProperty('replicas');
    expect(rendered.one('HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 2, maxReplicas: 6 });
  });

  test('it scales the workload by name and kind', () => {
    const targetOf = (more: Parameters<typeof aService>[0]) => render(aService(more)).one('HorizontalPodAutoscaler').spec.scaleTargetRef;
    expect(targetOf({})).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'subject' });
    expect(targetOf({ claims: { data: { mountPath: '/data', size: '1Gi', storageClass: 'gp3' } } }).kind).toBe('StatefulSet');
  });

  test('cpu is always a metric; memory, pod and external metrics when stated', () => {
    const metricsOf = (scale: object) =>
      render(aService({ scale: { min: 1, max: 2, ...scale } })).one('HorizontalPodAutoscaler').spec.metrics;
    const cpu = (averageUtilization: number) => ({
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
    });
    expect(metricsOf({})).toEqual([cpu(70)]);
    expect(metricsOf({ cpu: 50, memory: 80 })).toEqual([
      cpu(50),
      { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
    ]);
    expect(
      metricsOf({
        metrics: [
          { pods: 'rps', average: '100' },
          { external: 'depth', average: '30', labels: { queue: 'a' } },
        ],
      }),
    ).toEqual([
      cpu(70),
      { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '100' } } },
      {
        type: 'External',
        external: {
          metric: { name: 'depth', selector: { matchLabels: { queue: 'a' } } },
          target: { type: 'AverageValue', averageValue: '30' },
        },
      },
    ]);
  });

  test('it goes up faster than down, unless told otherwise', () => {
    const { behavior } = render(aService()).one('HorizontalPodAutoscaler').spec;
    expect(behavior.scaleUp.stabilizationWindowSeconds).toBeLessThan(behavior.scaleDown.stabilizationWindowSeconds);
    const slow = { stabilizationSeconds: 600, percent: 5, period: 120 };
    const stated = render(aService({ scale: { min: 1, max: 2, scaleDown: slow } })).one('HorizontalPodAutoscaler').spec.behavior;
    expect(stated.scaleDown).toEqual({ stabilizationWindowSeconds: 600, policies: [{ type: 'Percent', value: 5, periodSeconds: 120 }] });
    expect(stated.scaleUp).toEqual(behavior.scaleUp);
  });
});

test('a fixed number of replicas is rendered, and no autoscaler', () => {
  const rendered = render(aWorker({ scale: fixed(3) }));
  expect(rendered.one('Deployment').spec.replicas).toBe(3);
  expect(rendered.of('HorizontalPodAutoscaler')).toEqual([]);
});

test('an overlay that turns a fixed number into bounds must give both', () => {
  const overlay = { scale: { max: 4 } };
  expect(() => render(aService({ scale: fixed(1) }), { overlays: [overlay] })).toThrow(/subject.scale.*min/);
});

test('after a migration the autoscaler waits as the workload does', () => {
  const rendered = render(aService({ database: { name: 'orders', poolSize: 5 }, migration }));
  expect(rendered.one('HorizontalPodAutoscaler').metadata.annotations).toEqual(rendered.one('Deployment').metadata.annotations);
});
