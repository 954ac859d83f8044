import { describe, expect, test } from 'vitest';
import { type Headroom, OVERPROVISIONING_CLASS, overprovisioning } from '../../charts/overprovisioning';
import { PriorityClassesChart } from '../../charts/priority-classes/chart';
import { parseQuantity } from '../../checks/quantity';
import { clusterWith } from '../workload/support';
import { delivered } from './delivered';
import { rendered } from './support';

const ROOM: Required<Headroom> = { nodeGroup: 'plain', pods: 2, resources: { cpu: '900m', memory: '2Gi' } };
const OTHER: Headroom = { nodeGroup: 'picky', pods: 1, resources: { cpu: '1', memory: '512Mi' } };
const render = (...headroom: readonly Headroom[]) => {
  const cluster = clusterWith();
  return delivered(cluster, [overprovisioning(cluster, headroom)]).objects;
};

describe('overprovisioning', () => {
  test('holds room on each node group by pods that give way to every other and displace none', () => {
    const objects = render(ROOM, OTHER);
    const { value, preemptionPolicy, metadata } = objects.one('PriorityClass', OVERPROVISIONING_CLASS);
    // Pods that name it are refused until it is there.
    expect(metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-1' });
    const others = rendered((app) => new PriorityClassesChart(app, 'priority-classes', clusterWith())).of('PriorityClass');
    for (const other of others) expect(value).toBeLessThan(other.value);
    expect(preemptionPolicy).toBe('Never');
    const deployments = objects.of('Deployment');
    expect(deployments.map(({ metadata, spec }) => [metadata.name, spec.replicas])).toEqual([
      ['overprovisioning-plain', 2],
      ['overprovisioning-picky', 1],
    ]);
    for (const { spec } of deployments) {
      expect(spec.template.spec).toMatchObject({ priorityClassName: OVERPROVISIONING_CLASS, terminationGracePeriodSeconds: 0 });
    }
  });

  test('runs where the node group is, and holds what is said', () => {
    const { spec } = render(OTHER).one('Deployment').spec.template;
    expect(spec.tolerations.map(({ key }: { key: string }) => key)).toEqual(['pool', 'drained']);
    expect(spec.containers[0].resources.requests).toEqual({ cpu: '1', memory: '512Mi' });
  });

  test('fits its namespace exactly', () => {
    const { hard } = render(ROOM, OTHER).one('ResourceQuota').spec;
    expect(parseQuantity(hard['requests.cpu'])).toBeCloseTo(2.8);
    expect(parseQuantity(hard['requests.memory'])).toBe(4.5 * 2 ** 30);
  });

  test('stands in the way of no drain', () => {
    expect(render(ROOM).of('PodDisruptionBudget')).toEqual([]);
  });

  test.each<readonly [string, readonly Headroom[], RegExp]>([
    ['no room', [], /cluster\.ts: overprovisioning: no headroom/],
    ['half a pod', [{ ...ROOM, pods: 0.5 }], /0\.5 pods on "plain"; expected a whole number/],
    ['a node group twice', [ROOM, ROOM], /node group "plain" is named twice/],
    ['a node group that is not there', [{ ...ROOM, nodeGroup: 'gone' }], /no node group "gone"/],
  ])('refuses %s', (_what, headroom, message) => {
    expect(() => render(...headroom)).toThrow(message);
  });
});
