import { describe, expect, it } from 'vitest';
import { allOf, contractOf, ENVIRONMENTS, type Environment, objectsOf, only, PRODUCT, podsOf, type Rendered, waveOf } from './dist';

// What a cluster has around its workloads (rows F-06, G-01, G-03, G-04, P-02, P-08, P-09), read from dist.

/** Namespaces that Kubernetes itself makes: they are used, and never rendered. */
const BUILT_IN = ['default', 'kube-system'];

/** Namespaces outside the mesh that enforce less than `restricted`; each says why itself. */
const LESS_THAN_RESTRICTED: Readonly<Record<string, string>> = {
  linkerd: 'privileged',
  'log-agents': 'privileged',
  'node-exporter': 'privileged',
};

const isMeshed = ({ metadata }: Rendered) => metadata.annotations['linkerd.io/inject'] === 'enabled';

describe.each(ENVIRONMENTS)('namespaces in %s', (environment) => {
  const namespaces = allOf(environment, 'Namespace').map(({ metadata }) => metadata.name);

  it('are just those that Applications deploy to, without those that Kubernetes makes', () => {
    const targets = allOf(environment, 'Application').map(({ spec }) => spec.destination.namespace);
    const used = new Set(targets.filter((name) => !BUILT_IN.includes(name)));
    expect([...namespaces].sort()).toEqual([...used].sort());
    expect(namespaces).toEqual(expect.arrayContaining([PRODUCT, 'argocd', 'cert-manager', 'external-secrets', 'ingress-nginx', 'linkerd']));
  });

  it('hold every object that is in a namespace', () => {
    const known = new Set([...namespaces, ...BUILT_IN]);
    for (const { kind, metadata } of objectsOf(environment)) {
      if (metadata?.namespace !== undefined) expect(known, `${kind} ${metadata.name}`).toContain(metadata.namespace);
    }
  });

  it('are one file each of one Application, so that none is deleted with a component', () => {
    for (const { metadata } of allOf(environment, 'Namespace')) expect(metadata.labels['app.kubernetes.io/name']).toBe('namespaces');
  });

  it.each(namespaces)('%s has a quota, default resources and a policy that denies everything', (namespace) => {
    const inside = objectsOf(environment).filter(({ metadata }) => metadata.namespace === namespace);
    expect(inside.filter(({ kind }) => kind === 'ResourceQuota')).toHaveLength(1);
    expect(inside.filter(({ kind }) => kind === 'LimitRange')).toHaveLength(1);
    const policies = inside.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec);
    expect(policies).toContainEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('enforce restricted, or where the mesh injects its init container warn and audit at it', () => {
    for (const namespace of allOf(environment, 'Namespace')) {
      const { name, labels, annotations } = namespace.metadata;
      const less = LESS_THAN_RESTRICTED[name];
      expect(labels, name).toMatchObject({
        'pod-security.kubernetes.io/enforce': isMeshed(namespace) ? 'privileged' : (less ?? 'restricted'),
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      });
      if (less !== undefined) expect(annotations['pod-security.fleet/why'], name).toMatch(/\w+ \w+/);
    }
  });
});

/** Cores of a quantity as `200m` or `1`. */
const cores = (quantity: string) => (quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity));

/** MiB of a quantity as `20Mi` or `1Gi`. */
const mebibytes = (quantity: string) => Number(quantity.slice(0, -2)) * (quantity.endsWith('Gi') ? 1024 : 1);

/** Pods beyond the wanted number while a Deployment is rolled out: a number, or a share that is rounded up. */
function surgeOf({ kind, spec }: Rendered, most: number): number {
  if (kind !== 'Deployment' || spec.strategy.type === 'Recreate') return 0;
  const surge = spec.strategy.rollingUpdate.maxSurge ?? '25%';
  return typeof surge === 'number' ? surge : Math.ceil((most * Number(surge.slice(0, -1))) / 100);
}

describe.each(ENVIRONMENTS)('the quota in %s', (environment) => {
  const owners = podsOf(environment).filter(({ owner }) => !BUILT_IN.includes(owner.metadata.namespace));
  const namespaces = [...new Set(owners.map(({ owner }) => owner.metadata.namespace as string))];

  it.each(namespaces)('of %s holds every workload at its maximum, with the mesh’s proxies, while all are rolled out', (namespace) => {
    const { hard } = only(environment, 'ResourceQuota', 'workloads', namespace).spec;
    const meshed = isMeshed(only(environment, 'Namespace', namespace));
    let [cpu, memory, pods] = [0, 0, 0];
    for (const { owner, template } of owners.filter((each) => each.owner.metadata.namespace === namespace)) {
      const scaler = allOf(environment, 'HorizontalPodAutoscaler').find(({ metadata }) => metadata.name === owner.metadata.name);
      const most: number = scaler?.spec.maxReplicas ?? owner.spec.replicas ?? 1;
      const number = most + surgeOf(owner, most);
      // Given: a proxy requests 100m and 20Mi. Pods of Jobs have none.
      const proxy = meshed && !['Job', 'CronJob'].includes(owner.kind) ? { cpu: 0.1, memory: 20 } : { cpu: 0, memory: 0 };
      for (const { resources } of template.spec.containers) {
        cpu += number * cores(resources.requests.cpu);
        memory += number * mebibytes(resources.requests.memory);
      }
      cpu += number * proxy.cpu;
      memory += number * proxy.memory;
      pods += number;
    }
    expect(pods).toBeGreaterThan(0);
    expect(cpu).toBeLessThanOrEqual(cores(hard['requests.cpu']));
    expect(memory).toBeLessThanOrEqual(mebibytes(hard['requests.memory']));
    expect(pods).toBeLessThanOrEqual(Number(hard.pods));
  });
});

/** Namespace, group and role of every binding of people. */
function peopleIn(environment: Environment): readonly (readonly string[])[] {
  return allOf(environment, 'RoleBinding').flatMap(({ metadata, roleRef, subjects }) =>
    subjects
      .filter(({ kind }: Rendered) => kind !== 'ServiceAccount')
      .map(({ name }: Rendered) => [metadata.namespace, name, `${roleRef.kind} ${roleRef.name}`]),
  );
}

it.each([
  ['dev', 'edit'],
  ['staging', 'view'],
  ['production', 'view'],
] as const)('developers in %s have the role %s, admins admin, support view', (environment, role) => {
  const own = peopleIn(environment).filter(([namespace]) => namespace === PRODUCT);
  expect(Object.fromEntries(own.map(([, ...binding]) => binding))).toEqual({
    'authorworks-admins': 'ClusterRole admin',
    'authorworks-developers': `ClusterRole ${role}`,
    'authorworks-support': 'ClusterRole view',
  });
});

it.each(ENVIRONMENTS)(
  'beside the components in %s only admins may do something, and nobody in kube-system or everywhere',
  (environment) => {
    const beside = peopleIn(environment).filter(([namespace]) => namespace !== PRODUCT);
    const namespaces = allOf(environment, 'Namespace').map(({ metadata }) => metadata.name as string);
    expect(beside.map((binding) => binding.join(' ')).sort()).toEqual(
      namespaces
        .filter((name) => name !== PRODUCT)
        .flatMap((name) => [
          `${name} authorworks-admins ClusterRole admin`,
          `${name} authorworks-developers ClusterRole view`,
          `${name} authorworks-support ClusterRole view`,
        ])
        .sort(),
    );
    const everywhere = allOf(environment, 'ClusterRoleBinding').flatMap(({ subjects }) => subjects);
    expect(everywhere.length).toBeGreaterThan(5);
    for (const { kind } of everywhere) expect(kind).toBe('ServiceAccount');
  },
);

it.each(ENVIRONMENTS)('the groups in %s are those of the contract', (environment) => {
  const { groups } = contractOf(environment);
  expect(new Set(peopleIn(environment).map(([, group]) => group))).toEqual(new Set(Object.values(groups).flat()));
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
    const wave = (name: string) => waveOf(only(environment, 'Application', name));
    const workloads = allOf(environment, 'Application').filter(({ spec }) => spec.project === 'authorworks');
    expect(new Set(workloads.map(({ metadata }) => wave(metadata.name))).size).toBe(1);
    // Given: definitions, namespaces, operators of secrets, cert-manager, the mesh, ingress, data.
    const order = [
      'cert-manager-crds',
      'namespaces',
      'external-secrets',
      'cert-manager',
      'linkerd',
      'ingress-nginx',
      'authorworks-pgbouncer',
    ];
    const waves = order.map(wave);
    expect(waves).toEqual([...new Set(waves)].sort((a, b) => a - b));
    // All definitions at once, before all that is made of them.
    const definitions = allOf(environment, 'Application').filter(({ metadata }) => /-crds$|^gateway-api$/.test(metadata.name));
    expect(definitions.length).toBeGreaterThan(8);
    for (const { metadata } of definitions) expect(wave(metadata.name), metadata.name).toBe(0);
  });

  it.each([
    ['external-secrets', 'secret-stores', 'its stores'],
    ['cert-manager', 'certificate-authority', 'its issuers'],
    ['cert-manager', 'acme-issuers', 'its issuers'],
    ['trust-manager', 'linkerd-identity', 'the bundle'],
    ['certificate-authority', 'linkerd-identity', 'the certificates of the mesh'],
    ['linkerd-identity', 'linkerd', 'the mesh, which reads its trust anchor at the start'],
    ['certificate-authority', 'metrics-server', 'its certificate'],
    ['aws-load-balancer-controller', 'ingress-nginx', 'its load balancer'],
    ['ingress-nginx', 'argo-cd-config', 'an Ingress, which its webhook admits'],
    ['secret-stores', 'argo-cd-config', 'Argo CD’s secrets'],
    ['velero', 'velero-backups', 'schedules'],
    ['snapshot-controller-crds', 'snapshot-controller', 'the controller of snapshots'],
    ['linkerd', 'authorworks-pgbouncer', 'pods that want a proxy'],
  ])('%s comes before %s: %s', (earlier, later) => {
    const [before, after] = [earlier, later].map((name) => waveOf(only(environment, 'Application', name)));
    expect(before).toBeLessThan(after as number);
  });
});

it('only production has sync windows', () => {
  const windows = ENVIRONMENTS.map((environment) => only(environment, 'AppProject', 'authorworks').spec.syncWindows ?? []).map(
    (list) => list.filter(({ kind }: Rendered) => kind === 'allow').length > 0,
  );
  // A freeze, which is a window that denies, may be on anywhere.
  expect(windows).toEqual([false, false, true]);
});

describe.each(ENVIRONMENTS)('every public host in %s', (environment) => {
  const ingresses = allOf(environment, 'Ingress');

  it('is one of the product or of Argo CD, and served once', () => {
    expect(ingresses.filter(({ metadata }) => metadata.namespace === PRODUCT).map(({ metadata }) => metadata.name)).toEqual([
      'authorworks-editor',
      'authorworks-gateway',
    ]);
    const hosts = ingresses.flatMap(({ spec }) => spec.rules.map(({ host }: Rendered) => host));
    expect(new Set(hosts).size).toBe(hosts.length);
  });

  it('lies in the public zone of the contract, and has a certificate of a public issuer', () => {
    const { domain } = contractOf(environment).hostedZones.public;
    for (const { metadata, spec } of ingresses) {
      const hosts = spec.rules.map(({ host }: Rendered) => host);
      for (const host of hosts) expect(host.endsWith(`.${domain}`)).toBe(true);
      expect(spec.tls.flatMap((entry: Rendered) => entry.hosts)).toEqual(hosts);
      // A Certificate of its own, not one that cert-manager makes for an annotation: who reads dist sees it.
      expect(Object.keys(metadata.annotations ?? {}).filter((key) => key.startsWith('cert-manager.io/'))).toEqual([]);
      for (const { secretName, hosts: served } of spec.tls) {
        const issued = allOf(environment, 'Certificate').filter(
          (each) => each.metadata.namespace === metadata.namespace && each.spec.secretName === secretName,
        );
        expect(issued.map((each) => each.spec.dnsNames)).toEqual([served]);
        const { kind, name } = issued[0].spec.issuerRef;
        expect(kind).toBe('ClusterIssuer');
        expect(only(environment, 'ClusterIssuer', name).spec.acme.server).toBe('https://acme-v02.api.letsencrypt.org/directory');
      }
    }
  });

  it('is served by the one class of ingress that is rendered', () => {
    const [nginx, ...others] = allOf(environment, 'IngressClass');
    expect(others).toEqual([]);
    for (const { spec } of ingresses) expect(spec.ingressClassName).toBe(nginx.metadata.name);
  });
});
