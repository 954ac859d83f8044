import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Cluster } from '../../charts/cluster';
import { clusterAutoscaler } from '../../charts/cluster-autoscaler';
import { EXPANDER_CONFIG, expanderPriorities, scalingGroupPattern } from '../../charts/cluster-autoscaler/expander';
import { OVERPROVISIONING_PRIORITY } from '../../charts/overprovisioning';
import { environments } from '../../overlays/environments';
import { hasRbacFacts } from '../native/rbac-facts';
import { clusterWith, contractWith } from '../workload/support';
import { delivered } from './delivered';
import { containerOf, flag, rightsBeside, roleOf, withRole } from './native';

const NAME = 'cluster-autoscaler';
const ACCOUNT = `kube-system/${NAME}`;
const render = (changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...withRole(ACCOUNT), ...changes });
  return delivered(cluster, [clusterAutoscaler(cluster)]).objects;
};
const groups = (...named: readonly (readonly [name: string, spot: boolean])[]): Cluster['nodeGroups'] => {
  const [plain] = clusterWith().nodeGroups;
  if (plain === undefined) throw new Error('no node group');
  return named.map(([name, spot]) => ({ ...plain, name, spot }));
};

describe.each(['1.28', '1.34'] as const)('cluster-autoscaler on Kubernetes %s', (kubernetes) => {
  const objects = render({ kubernetes });

  test('is of the cluster’s minor', () => {
    expect(containerOf(objects, NAME).image).toMatch(new RegExp(`/cluster-autoscaler:v${kubernetes.replace('.', '\\.')}\\.\\d+$`));
  });

  // The facts stand in ../shared; where that is absent, skipped.
  test.skipIf(!hasRbacFacts)('may do what upstream lets it, but what is off or gone', () => {
    const unused = [
      /\/(endpoints|podtemplates)\b/,
      / (extensions|autoscaling\.x-k8s\.io)\//,
      /^update \/pods\/status$/,
      /^patch batch\/jobs$/,
      / batch\/cronjobs$/,
      / apps\/deployments$/,
      ...(kubernetes === '1.28' ? [/ resource\.k8s\.io\//] : []),
    ];
    const { wider, narrower } = rightsBeside(objects, NAME, kubernetes, NAME, 'cluster-autoscaler-aws-cluster-autoscaler');
    expect(wider).toEqual([]);
    expect(narrower.filter((right) => !unused.some((pattern) => pattern.test(right)))).toEqual([]);
  });
});

test('a minor that has no autoscaler is refused', () => {
  expect(() => render({ kubernetes: '1.30' })).toThrow(/no release of cluster-autoscaler/);
});

describe('cluster-autoscaler', () => {
  test('resizes the groups that are tagged as this cluster’s, with the role of the contract', () => {
    const objects = render();
    expect(flag(objects, NAME, 'node-group-auto-discovery')).toEqual([
      'asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/shop-dev',
    ]);
    expect(objects.one('ServiceAccount', NAME).metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': roleOf(ACCOUNT) });
    expect(() => render(contractWith({ roles: {} }))).toThrow(/no entry "kube-system\/cluster-autoscaler"/);
  });

  test('may touch ConfigMaps and leases in its own namespace alone', () => {
    const { rules } = render().one('ClusterRole', NAME);
    const resources = rules.flatMap((rule: { resources: string[] }) => rule.resources);
    expect(resources).not.toContain('configmaps');
    expect(resources).not.toContain('leases');
  });

  test('gives pods that hold room a node, and pods below them none', () => {
    expect(flag(render(), NAME, 'expendable-pods-priority-cutoff')).toEqual([String(OVERPROVISIONING_PRIORITY)]);
  });

  test('prefers spot groups where there are others too', () => {
    const mixed = render({ nodeGroups: groups(['system', false], ['spot', true]) });
    expect(flag(mixed, NAME, 'expander')).toEqual(['priority,least-waste']);
    const { metadata } = mixed.one('ConfigMap');
    expect(metadata).toMatchObject({ name: EXPANDER_CONFIG, namespace: mixed.one('Deployment').metadata.namespace });
    for (const spot of [true, false]) {
      const alike = render({ nodeGroups: groups(['one', spot], ['two', spot]) });
      expect(flag(alike, NAME, 'expander')).toEqual(['least-waste']);
      expect(alike.of('ConfigMap')).toEqual([]);
    }
  });

  test('stands by in a second pod where the environment is highly available', () => {
    expect(render({ environment: environments.production }).one('Deployment').spec.replicas).toBe(2);
  });
});

describe('priorities of node groups', () => {
  /** Priority that the expander gives an Auto Scaling group: the highest one of which an expression matches. */
  const priorityOf = (name: string, ...named: readonly (readonly [string, boolean])[]): number => {
    const rules: Record<string, string[]> = parse(expanderPriorities(groups(...named), 'cluster.ts'));
    const matching = Object.entries(rules).filter(([, patterns]) => patterns.some((pattern) => new RegExp(pattern).test(name)));
    return Math.max(...matching.map(([priority]) => Number(priority)));
  };
  const UUID = '0ac6d480-419f-42ed-addd-f592799e6411';

  test.each([`eks-spot-${UUID}`, `eks-spot-20240102030405000000000001-${UUID}`, 'shop-dev-spot', 'shop-dev-spot-20240102030405'])(
    'are high for %s',
    (name) => {
      expect(priorityOf(name, ['system', false], ['spot', true])).toBeGreaterThan(
        priorityOf(`eks-system-${UUID}`, ['system', false], ['spot', true]),
      );
    },
  );

  test.each([`eks-spot-gpu-${UUID}`, `eks-spotless-${UUID}`, 'eks-anything-else'])('are low, and there, for %s', (name) => {
    expect(priorityOf(name, ['system', false], ['spot', true])).toBe(priorityOf(`eks-system-${UUID}`, ['system', false], ['spot', true]));
  });

  test('are refused where a group would be taken for a spot group', () => {
    expect(() => expanderPriorities(groups(['not-spot', false], ['spot', true]), 'overlays/shop/dev/cluster.ts')).toThrow(
      /overlays\/shop\/dev\/cluster\.ts: nodeGroups: .*"not-spot".*"spot"/,
    );
  });

  test('take a dot in a name for a dot', () => {
    expect(new RegExp(scalingGroupPattern('a.b')).test('eks-axb')).toBe(false);
  });
});
