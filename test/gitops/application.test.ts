import { describe, expect, test } from 'vitest';
import { dev, find, namespaces, production, type Rendered, render, unit, workload } from './support';

const crdSource = { kind: 'git', repoURL: 'https://git.example.com/crds.git', path: 'config/crd', tag: 'v1.2.3' } as const;
const crd = unit('crd', {
  source: crdSource,
  stage: 'crds',
  clusterKinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
});
const prometheus = unit('prometheus', {
  source: {
    kind: 'chart',
    repoURL: 'https://charts.example.com',
    chart: 'prometheus',
    version: '1.2.3',
    valuesObject: { a: [] },
    skipCrds: true,
  },
  namespace: 'shop',
});
const units = [crd, namespaces, prometheus, workload('api'), workload('web')];
const applications = (rendered: Rendered[]) => rendered.filter(({ kind }) => kind === 'Application');
const all = (policy = dev) => {
  const rendered = render(units, policy);
  return applications([...rendered.platform, ...rendered.workloads, ...rendered.bootstrap]);
};

describe('every unit has one Application, in the root folder of its tier', () => {
  const rendered = render(units);
  test('platform', () =>
    expect(applications(rendered.platform).map(({ metadata }) => metadata.name)).toEqual(['crd', 'namespaces', 'prometheus']));
  test('workloads', () => expect(rendered.workloads.map(({ metadata }) => metadata.name)).toEqual(['api', 'web']));
});

describe('sources', () => {
  test('what is rendered is read from its folder, its tier’s repository and the environment’s branch', () => {
    const { platform, workloads } = render(units, production);
    expect(find(platform, 'Application', 'namespaces').spec.source).toEqual({
      repoURL: 'git@example.com:shop/infrastructure.git',
      path: 'dist/shop/production/namespaces',
      targetRevision: 'main',
    });
    expect(find(workloads, 'Application', 'api').spec.source.repoURL).toBe('git@example.com:shop/applications.git');
  });

  test('a chart is pinned and has its values, empty lists too', () => {
    expect(find(render(units).platform, 'Application', 'prometheus').spec.source).toEqual({
      repoURL: 'https://charts.example.com',
      chart: 'prometheus',
      targetRevision: '1.2.3',
      helm: { releaseName: 'prometheus', valuesObject: { a: [] }, skipCrds: true },
    });
  });

  test('a git source is pinned to its tag, whatever the branch', () => {
    expect(find(render(units).platform, 'Application', 'crd').spec.source).toMatchObject({ path: 'config/crd', targetRevision: 'v1.2.3' });
  });
});

describe('sync policy', () => {
  test('every Application retries with backoff and applies server-side', () => {
    for (const { spec } of [...all(dev), ...all(production)]) {
      expect(spec.syncPolicy.retry.limit).toBeGreaterThan(0);
      expect(spec.syncPolicy.retry.backoff).toMatchObject({ factor: 2 });
      expect(spec.syncPolicy.syncOptions).toEqual(
        expect.arrayContaining(['CreateNamespace=true', 'ServerSideApply=true', 'RespectIgnoreDifferences=true']),
      );
      expect(spec.syncPolicy).not.toHaveProperty('managedNamespaceMetadata');
    }
  });

  test('production: workloads wait for a person, platform and roots do not', () => {
    const { platform, workloads, bootstrap } = render(units, production);
    for (const { spec } of workloads) expect(spec.syncPolicy).not.toHaveProperty('automated');
    for (const { spec } of [...applications(platform), ...applications(bootstrap)]) expect(spec.syncPolicy.automated.selfHeal).toBe(true);
  });

  test('workloads can be automatic without pruning while the platform prunes', () => {
    const { platform, workloads } = render(units, { ...dev, workloads: { sync: 'automatic', prune: false, selfHeal: true } });
    expect(find(workloads, 'Application', 'api').spec.syncPolicy.automated).toEqual({ prune: false, selfHeal: true });
    expect(find(platform, 'Application', 'prometheus').spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
  });
});

describe('nothing is deleted by accident', () => {
  test('production: pruning an Application is confirmed, and deleting one leaves what it deployed', () => {
    const { platform, workloads } = render(units, production);
    for (const { metadata } of [...applications(platform), ...workloads]) {
      expect(metadata.annotations['argocd.argoproj.io/sync-options']).toBe('Prune=confirm');
      expect(metadata).not.toHaveProperty('finalizers');
    }
  });

  test('dev: deleting an Application deletes what it deployed; deleting a root does not', () => {
    const { workloads, bootstrap } = render(units, dev);
    expect(find(workloads, 'Application', 'api').metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
    for (const { metadata } of applications(bootstrap)) expect(metadata).not.toHaveProperty('finalizers');
  });

  test('an upstream source of CRDs neither prunes nor cascades, in dev neither', () => {
    const { metadata, spec } = find(render(units, dev).platform, 'Application', 'crd');
    expect(spec.syncPolicy.automated.prune).toBe(false);
    expect(metadata).not.toHaveProperty('finalizers');
  });
});

test('all Applications are in argocd and deploy to their own cluster', () => {
  for (const { metadata, spec } of all()) {
    expect(metadata.namespace).toBe('argocd');
    expect(spec.destination.server).toBe('https://kubernetes.default.svc');
  }
});

test('the API server computes every difference', () => {
  for (const { metadata } of all()) expect(metadata.annotations['argocd.argoproj.io/compare-options']).toBe('ServerSideDiff=true');
});

test('fields that a unit says a controller owns are ignored', () => {
  const ignored = { kind: 'Secret', name: 'webhook', jsonPointers: ['/data'] };
  const { platform } = render([namespaces, { ...prometheus, ignoreDifferences: [ignored] }]);
  expect(find(platform, 'Application', 'prometheus').spec.ignoreDifferences).toEqual([ignored]);
});
