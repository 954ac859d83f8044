import { describe, expect, test } from 'vitest';
import { argocdSettings } from '../../charts/gitops';
import { find, namespaces, production, render, workload } from './support';

const { bootstrap } = render([namespaces, workload('api')], production);

test('the file holds settings, one project and two roots', () => {
  expect(bootstrap.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
    'AppProject bootstrap',
    'Application platform',
    'Application workloads',
    'ConfigMap argocd-cm',
  ]);
});

test('the project bootstrap allows Applications and AppProjects in argocd, nothing else', () => {
  expect(find(bootstrap, 'AppProject', 'bootstrap').spec).toMatchObject({
    sourceRepos: ['git@example.com:shop/applications.git', 'git@example.com:shop/infrastructure.git'],
    destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'argocd' }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [
      { group: 'argoproj.io', kind: 'AppProject' },
      { group: 'argoproj.io', kind: 'Application' },
    ],
  });
});

describe.each(['platform', 'workloads'])('root %s', (tier) => {
  const { spec } = find(bootstrap, 'Application', tier);
  test('reads the folder of its tier', () =>
    expect(spec.source).toMatchObject({ path: `dist/shop/production/${tier}`, targetRevision: 'main' }));
  test('comes from the repository of its tier', () => {
    expect(spec.source.repoURL).toContain(tier === 'platform' ? 'infrastructure' : 'applications');
  });
  test('removes Applications that left git', () => expect(spec.syncPolicy.automated.prune).toBe(true));
  test('is in project bootstrap and destined for argocd', () => {
    expect(spec.project).toBe('bootstrap');
    expect(spec.destination.namespace).toBe('argocd');
  });
});

test('argocd-cm carries the health check and nothing that would take over other settings', () => {
  const { data, metadata } = find(bootstrap, 'ConfigMap', 'argocd-cm');
  expect(data).toEqual(argocdSettings);
  expect(Object.keys(data)).toEqual(['resource.customizations.health.argoproj.io_Application']);
  expect(metadata.labels).toEqual({ 'app.kubernetes.io/part-of': 'argocd' });
});
