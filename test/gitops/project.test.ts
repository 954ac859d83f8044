import { describe, expect, test } from 'vitest';
import { crds } from '../../charts/gitops';
import { dev, find, namespaces, object, production, render, unit, workload } from './support';

const ingress = unit('ingress', {
  source: { kind: 'chart', repoURL: 'https://charts.example.com', chart: 'ingress', version: '1.2.3' },
  namespace: 'shop',
  clusterKinds: [{ group: 'networking.k8s.io', kind: 'IngressClass' }],
  extraNamespaces: ['kube-node-lease'],
});
const api = workload('api', {
  needs: [],
  objects: [
    object('apps/v1', 'Deployment', 'api', 'shop'),
    object('v1', 'Service', 'api', 'shop'),
    object('cert-manager.io/v1', 'Certificate', 'api', 'shop', { spec: { secretName: 'api-tls' } }),
  ],
});
const certManager = unit('cert-manager', { provides: [crds('cert-manager.io')] });
const units = [namespaces, certManager, ingress, api];
const project = (name: string, policy = dev) => find(render(units, policy).platform, 'AppProject', name).spec;

describe('a project allows exactly what its units bring', () => {
  test('repositories', () => {
    expect(project('platform').sourceRepos).toEqual(['git@example.com:shop/infrastructure.git', 'https://charts.example.com']);
    expect(project('shop').sourceRepos).toEqual(['git@example.com:shop/applications.git']);
  });

  test('namespaces of its own cluster', () => {
    const at = (namespace: string) => ({ server: 'https://kubernetes.default.svc', namespace });
    expect(project('platform').destinations).toEqual(['kube-node-lease', 'kube-system', 'shop'].map(at));
    expect(project('shop').destinations).toEqual([at('shop')]);
  });

  test('namespaces that objects use outside of the Application’s own', () => {
    const objects = [object('v1', 'ConfigMap', 'a', 'shop'), object('v1', 'ConfigMap', 'b', 'kube-public')];
    const { destinations } = find(render([namespaces, workload('two', { objects })]).platform, 'AppProject', 'shop').spec;
    expect(destinations.map(({ namespace }: { namespace: string }) => namespace)).toEqual(['kube-public', 'shop']);
  });

  test('cluster-scoped kinds, rendered and declared', () => {
    expect(project('platform').clusterResourceWhitelist).toEqual([
      { group: '', kind: 'Namespace' },
      { group: 'networking.k8s.io', kind: 'IngressClass' },
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    ]);
    expect(project('shop').clusterResourceWhitelist).toEqual([]);
  });

  test('namespaced kinds, with the children that people look at, but no others', () => {
    const kinds = project('shop').namespaceResourceWhitelist.map(({ kind }: { kind: string }) => kind);
    expect(kinds.sort()).toEqual(['Certificate', 'Deployment', 'EndpointSlice', 'Pod', 'ReplicaSet', 'Service']);
  });

  test('all namespaced kinds where an upstream source does not say its own, none where there are none', () => {
    expect(project('platform')).not.toHaveProperty('namespaceResourceWhitelist');
    const bare = find(render([namespaces]).platform, 'AppProject', 'platform').spec;
    expect(bare.namespaceResourceBlacklist).toEqual([{ group: '*', kind: '*' }]);
  });
});

test('projects come before every Application', () => {
  const { platform } = render(units);
  const waves = (kind: string) =>
    platform.filter((each) => each.kind === kind).map((each) => Number(each.metadata.annotations['argocd.argoproj.io/sync-wave']));
  expect(waves('AppProject')).toHaveLength(3);
  expect(Math.max(...waves('AppProject'))).toBeLessThan(Math.min(...waves('Application')));
});

test('the project of every Application is rendered', () => {
  const { platform, workloads, bootstrap } = render(units);
  const all = [...platform, ...workloads, ...bootstrap];
  const projects = all.filter(({ kind }) => kind === 'AppProject').map(({ metadata }) => metadata.name);
  for (const { spec } of all.filter(({ kind }) => kind === 'Application')) expect(projects).toContain(spec.project);
});

test('the project default is closed by lists that are there and empty', () => {
  const spec = project('default');
  for (const list of ['sourceRepos', 'destinations', 'clusterResourceWhitelist']) expect(spec[list]).toEqual([]);
});

describe('roles', () => {
  const role = (name: string, policy = dev) => project('shop', policy).roles.find((each: { name: string }) => each.name === name);

  test('are bound to their groups and reach only their own project', () => {
    expect(role('admin').groups).toEqual(['shop-admins']);
    expect(role('developer').groups).toEqual(['shop-developers']);
    expect(role('read-only').groups).toEqual(['shop-readers']);
    for (const { name, policies } of project('shop').roles)
      for (const policy of policies)
        expect(policy).toMatch(new RegExp(`^p, proj:shop:${name}, (applications|logs), [a-z*/]+, shop/\\*, allow$`));
  });

  test('developers sync in dev and look in production; readers only look', () => {
    expect(role('developer', dev).policies.join()).toContain('applications, sync');
    expect(role('developer', production).policies.join()).not.toContain('sync');
    for (const policy of role('read-only', dev).policies) expect(policy).toContain(', get, ');
  });
});

describe('sync windows and freeze', () => {
  const frozen = { ...production, freeze: true };

  test('dev has none', () => expect(project('shop')).not.toHaveProperty('syncWindows'));

  test('production has its windows, for all Applications of a product', () => {
    expect(project('shop', production).syncWindows).toEqual([
      { kind: 'allow', schedule: '0 8 * * 1-4', duration: '8h', timeZone: 'America/New_York', manualSync: true, applications: ['*'] },
    ]);
  });

  test('what the cluster needs heals itself at any time: windows are not for the platform', () => {
    expect(project('platform', production)).not.toHaveProperty('syncWindows');
    expect(project('platform', frozen).syncWindows.map(({ kind }: { kind: string }) => kind)).toEqual(['deny']);
    expect(project('shop', frozen).syncWindows.map(({ kind }: { kind: string }) => kind)).toEqual(['allow', 'deny']);
  });

  test('a freeze denies at every moment, by hand too, in every project but bootstrap', () => {
    for (const name of ['platform', 'shop']) {
      const deny = project(name, frozen).syncWindows.filter(({ kind }: { kind: string }) => kind === 'deny');
      expect(deny).toHaveLength(1);
      expect(deny[0]).toMatchObject({ schedule: '* * * * *', manualSync: false, applications: ['*'] });
    }
    const bootstrap = find(render(units, frozen).bootstrap, 'AppProject', 'bootstrap').spec;
    expect(bootstrap).not.toHaveProperty('syncWindows');
  });
});

test('what cert-manager writes for a Certificate is no orphan', () => {
  expect(project('shop').orphanedResources).toMatchObject({
    warn: true,
    ignore: expect.arrayContaining([{ group: '', kind: 'Secret', name: 'api-tls' }]),
  });
});
