import { expect, test } from 'vitest';
import { AccessChart } from '../../charts/access/chart';
import type { Cluster } from '../../charts/cluster';
import { environments } from '../../overlays/environments';
import { clusterWith, contractWith } from '../workload/support';
import { rendered } from './support';

/** Role and groups of each binding. */
const bindings = (changes: Partial<Cluster> = {}, components: readonly string[] = []) =>
  Object.fromEntries(
    rendered((app) => new AccessChart(app, 'access', clusterWith(changes), components))
      .of('RoleBinding')
      .map(({ metadata, roleRef, subjects }) => [metadata.name, [roleRef.name, ...subjects.map(({ name }: { name: string }) => name)]]),
  );

test("the contract's groups are bound to Kubernetes' own roles, in the namespace of the workloads only", () => {
  expect(bindings()).toEqual({
    admin: ['admin', 'shop-admins'],
    developer: ['edit', 'shop-developers', 'shop-interns'],
    'read-only': ['view', 'shop-readers'],
  });
  const objects = rendered((app) => new AccessChart(app, 'access', clusterWith(), []));
  expect(objects.of('ClusterRoleBinding')).toEqual([]);
  for (const { metadata } of objects.all) expect(metadata.namespace).toBe('shop');
});

test.each(['staging', 'production'] as const)('developers only read in %s', (environment) => {
  expect(bindings({ environment: environments[environment] }).developer?.[0]).toBe('view');
});

test('a role without groups is not bound', () => {
  expect(Object.keys(bindings(contractWith({ groups: { admin: ['shop-admins'], developer: [], readOnly: [] } })))).toEqual(['admin']);
});

test('in the namespaces of components only admins change anything', () => {
  const objects = rendered((app) => new AccessChart(app, 'access', clusterWith(), ['tools'])).of('RoleBinding');
  const tools = objects.filter(({ metadata }) => metadata.namespace === 'tools');
  expect(Object.fromEntries(tools.map(({ metadata, roleRef }) => [metadata.name, roleRef.name]))).toEqual({
    admin: 'admin',
    developer: 'view',
    'read-only': 'view',
  });
});
