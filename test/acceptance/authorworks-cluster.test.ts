import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allOf, ENVIRONMENTS, objectsOf, only, podsOf, type Rendered } from './dist';
import { repository } from './project';

// What a cluster has around its workloads (rows F-06, G-01, G-04, P-08, P-09), read from dist.

describe.each(ENVIRONMENTS)('namespaces in %s', (environment) => {
  const namespaces = allOf(environment, 'Namespace').map(({ metadata }) => metadata.name);

  it('are those of the workloads and of the secrets operator; kube-system is never rendered', () => {
    expect(namespaces.sort()).toEqual(['authorworks', 'external-secrets']);
  });

  it.each(namespaces)('%s has a quota, default resources and a policy that denies everything', (namespace) => {
    const inside = objectsOf(environment).filter(({ metadata }) => metadata.namespace === namespace);
    expect(inside.filter(({ kind }) => kind === 'ResourceQuota')).toHaveLength(1);
    expect(inside.filter(({ kind }) => kind === 'LimitRange')).toHaveLength(1);
    const policies = inside.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec);
    expect(policies).toContainEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('enforce restricted, or where the mesh injects its init container warn and audit at it', () => {
    for (const { metadata } of allOf(environment, 'Namespace')) {
      const meshed = metadata.annotations['linkerd.io/inject'] === 'enabled';
      expect(metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': meshed ? 'privileged' : 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      });
    }
  });
});

/** Cores of a quantity as `200m` or `1`. */
const cores = (quantity: string) => (quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity));

/** MiB of a quantity as `20Mi` or `1Gi`. */
const mebibytes = (quantity: string) => Number(quantity.slice(0, -2)) * (quantity.endsWith('Gi') ? 1024 : 1);

it.each(ENVIRONMENTS)(
  'the quota in %s holds every workload at its maximum, with the mesh’s proxies, while all are rolled out',
  (environment) => {
    const { hard } = only(environment, 'ResourceQuota', 'workloads', 'authorworks').spec;
    let [cpu, memory, pods] = [0, 0, 0];
    for (const { owner, template } of podsOf(environment)) {
      const scaler = allOf(environment, 'HorizontalPodAutoscaler').find(({ metadata }) => metadata.name === owner.metadata.name);
      const most: number = scaler?.spec.maxReplicas ?? owner.spec.replicas ?? 1;
      const number = owner.kind === 'Deployment' ? most + Math.ceil(most / 4) : 1;
      // Given: a proxy requests 100m and 20Mi. Pods of Jobs have none.
      const proxy = owner.kind === 'Deployment' ? { cpu: 0.1, memory: 20 } : { cpu: 0, memory: 0 };
      const [{ resources }] = template.spec.containers;
      cpu += number * (cores(resources.requests.cpu) + proxy.cpu);
      memory += number * (mebibytes(resources.requests.memory) + proxy.memory);
      pods += number;
    }
    expect(cpu).toBeLessThanOrEqual(cores(hard['requests.cpu']));
    expect(memory).toBeLessThanOrEqual(mebibytes(hard['requests.memory']));
    expect(pods).toBeLessThanOrEqual(Number(hard.pods));
  },
);

it.each([
  ['dev', 'edit'],
  ['staging', 'view'],
  ['production', 'view'],
] as const)('developers in %s have the role %s, admins admin, support view', (environment, role) => {
  const roles = allOf(environment, 'RoleBinding').map(({ roleRef, subjects }) => [subjects[0].name, `${roleRef.kind} ${roleRef.name}`]);
  expect(Object.fromEntries(roles)).toEqual({
    'authorworks-admins': 'ClusterRole admin',
    'authorworks-developers': `ClusterRole ${role}`,
    'authorworks-support': 'ClusterRole view',
  });
});

describe.each(ENVIRONMENTS)('a secret that is read once at start, in %s', (environment) => {
  const name = 'authorworks-subscription-stripe';

  it('has a pinned version, and its pods restart when that changes', () => {
    const { data } = only(environment, 'ExternalSecret', name).spec;
    for (const { remoteRef } of data) expect(remoteRef.version).toMatch(/^uuid\/[0-9a-f-]{36}$/);
    const { annotations } = only(environment, 'Deployment', 'authorworks-subscription').spec.template.metadata;
    expect(annotations['checksum/secret-stripe']).toMatch(/^[0-9a-f]{16}$/);
  });

  it('has in each environment another hash, as it has another version', () => {
    const hashes = ENVIRONMENTS.map(
      (each) => only(each, 'Deployment', 'authorworks-subscription').spec.template.metadata.annotations['checksum/secret-stripe'],
    );
    expect(new Set(hashes).size).toBe(ENVIRONMENTS.length);
  });
});

describe.each(ENVIRONMENTS)('Argo CD’s projects in %s', (environment) => {
  const project = (name: string) => only(environment, 'AppProject', name).spec;

  it('default allows nothing', () => {
    expect(project('default')).toMatchObject({ sourceRepos: [], destinations: [], clusterResourceWhitelist: [] });
  });

  it('bootstrap allows Applications and projects in argocd only', () => {
    const { clusterResourceWhitelist, namespaceResourceWhitelist, destinations } = project('bootstrap');
    expect(clusterResourceWhitelist).toEqual([]);
    expect(namespaceResourceWhitelist.map(({ group, kind }: Rendered) => `${group}/${kind}`).sort()).toEqual([
      'argoproj.io/AppProject',
      'argoproj.io/Application',
    ]);
    expect(destinations).toEqual([{ namespace: 'argocd', server: 'https://kubernetes.default.svc' }]);
  });

  it('workloads may make nothing that concerns the whole cluster, and come from one repository', () => {
    expect(project('authorworks')).toMatchObject({
      clusterResourceWhitelist: [],
      destinations: [{ namespace: 'authorworks' }],
      sourceRepos: ['https://github.com/authorworks/authorworks-k8s.git'],
    });
  });

  it('two roots lead to the two folders of Applications', () => {
    const roots = allOf(environment, 'Application').filter(({ spec }) => spec.project === 'bootstrap');
    expect(roots.map(({ metadata, spec }) => [metadata.name, spec.source.path])).toEqual([
      ['platform', `dist/authorworks/${environment}/platform`],
      ['workloads', `dist/authorworks/${environment}/workloads`],
    ]);
  });

  it('Argo CD judges Applications by their health and their last sync', () => {
    expect(only(environment, 'ConfigMap', 'argocd-cm').data).toHaveProperty(['resource.customizations.health.argoproj.io_Application']);
  });

  it('workloads share a wave, so that one that waits for a person blocks none; platform parts come in order', () => {
    const wave = (name: string) => Number(only(environment, 'Application', name).metadata.annotations['argocd.argoproj.io/sync-wave']);
    const workloads = allOf(environment, 'Application').filter(({ spec }) => spec.project === 'authorworks');
    expect(new Set(workloads.map(({ metadata }) => wave(metadata.name))).size).toBe(1);
    const order = ['prometheus-operator-crds', 'namespaces', 'external-secrets', 'secret-stores', 'authorworks-pgbouncer'].map(wave);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  });
});

it('only production has sync windows', () => {
  const windows = ENVIRONMENTS.map((environment) => only(environment, 'AppProject', 'authorworks').spec.syncWindows ?? []).map(
    (list) => list.filter(({ kind }: Rendered) => kind === 'allow').length > 0,
  );
  // A freeze, which is a window that denies, may be on anywhere.
  expect(windows).toEqual([false, false, true]);
});

it.each(ENVIRONMENTS)('every public host in %s lies in the public zone of the contract, and has a certificate', (environment) => {
  const contract = parse(readFileSync(join(repository, `overlays/authorworks/${environment}/aws.yaml`), 'utf8'));
  const ingresses = allOf(environment, 'Ingress');
  expect(ingresses.map(({ metadata }) => metadata.name).sort()).toEqual(['authorworks-editor', 'authorworks-gateway']);
  for (const { metadata, spec } of ingresses) {
    const hosts = spec.rules.map(({ host }: Rendered) => host);
    for (const host of hosts) expect(host.endsWith(`.${contract.hostedZones.public.domain}`)).toBe(true);
    expect(spec.tls.flatMap((entry: Rendered) => entry.hosts)).toEqual(hosts);
    expect(metadata.annotations).toHaveProperty(['cert-manager.io/cluster-issuer']);
  }
});
