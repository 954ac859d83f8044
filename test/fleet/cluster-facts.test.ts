import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { clusterFacts } from '../../fleet/cluster-facts';

const root = resolve(__dirname, '../..');

it('checks of a folder know who may connect to what, in the clusters of the fleet', () => {
  const { edges = [], foreignPods = [], podNetworks = [], cluster } = clusterFacts(root, 'authorworks/dev');
  expect(cluster).toBe('authorworks/dev');
  expect(edges).toContainEqual({
    from: { pods: 'authorworks/authorworks-gateway' },
    to: { pods: 'authorworks/authorworks-content' },
    protocol: 'TCP',
    first: 8080,
    last: 8080,
    name: 'authorworks-gateway calls http of authorworks-content',
  });
  expect(edges).toContainEqual(expect.objectContaining({ from: { pods: 'monitoring/prometheus' }, first: 4191, last: 4191 }));
  expect(edges.map(({ to }) => ('addresses' in to ? to.addresses.name : ''))).toContain('database-subnets');
  expect(foreignPods.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['kube-system/coredns', 'external-secrets/external-secrets-webhook']),
  );
  expect(foreignPods.find(({ id }) => id === 'kube-system/coredns')?.ports).toContainEqual({ name: 'dns', port: 53, protocol: 'UDP' });
  expect(podNetworks).toEqual(['10.16.32.0/19', '10.16.64.0/19', '10.16.96.0/19']);
});

it('of other clusters nothing is known', () => {
  expect(clusterFacts(root, 'authorworks/nowhere')).toEqual({});
});
