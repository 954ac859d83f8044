import { describe, expect, it } from 'vitest';
import { clusters } from '../../fleet/clusters';
import { factsOf } from '../../fleet/facts';
import { environments } from '../../overlays/environments';
import {
  allOf,
  containerOf,
  contractOf,
  ENVIRONMENTS,
  type Environment,
  envOf,
  isProduct,
  mapsIn,
  only,
  PRODUCT,
  placeOf,
  podsOf,
  type Rendered,
  waveOf,
} from './dist';

// What the specification of authorworks gives beyond the gateway (rows, G-02, P-03), read from dist.

const GIVEN_NAMES = ['authorworks-gateway', 'authorworks-user-service', 'authorworks-content', 'authorworks-editor'];

describe.each(ENVIRONMENTS)('names in %s', (environment) => {
  it.each(GIVEN_NAMES)('%s is the name of the object, of the container, and the app label', (name) => {
    const { metadata, spec } = only(environment, 'Deployment', name);
    expect(metadata.labels.app).toBe(name);
    expect(spec.selector).toEqual({ matchLabels: { app: name } });
    expect(spec.template.metadata.labels.app).toBe(name);
    expect(containerOf(environment, name).name).toBe(name);
    expect(only(environment, 'Service', name).spec.selector).toEqual({ app: name });
  });

  it('the standard labels stand beside the given ones', () => {
    for (const name of GIVEN_NAMES) {
      expect(only(environment, 'Deployment', name).spec.template.metadata.labels).toMatchObject({
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/instance': 'authorworks',
        'app.kubernetes.io/part-of': 'authorworks',
      });
    }
  });
});

/** Values of the node label `workload` that a pod requires, or several in a chart's values. */
function groupsOf(value: Rendered): readonly string[] {
  return mapsIn(value).flatMap(({ key, operator, values, nodeSelector }) => [
    ...(key === 'workload' && operator === 'In' ? values : []),
    ...(nodeSelector?.workload === undefined ? [] : [nodeSelector.workload]),
  ]);
}

/** What runs on other nodes than the platform's, and why. */
const BESIDE_SYSTEM: Readonly<Record<string, { readonly groups: readonly string[]; readonly why: string }>> = {
  'overprovisioning-application': { groups: ['application'], why: 'It holds room where workloads need it.' },
  'runners-authorworks': { groups: ['batch', 'system'], why: 'Builds are batch work; only their listener belongs to the platform.' },
};

describe.each(ENVIRONMENTS)('node groups in %s', (environment) => {
  const { nodeGroups } = clusters.find(({ name }) => name === `authorworks/${environment}`)?.props ?? { nodeGroups: [] };

  it('are system, application and spot, of which only the last is made of spot instances', () => {
    expect(nodeGroups.map(({ name, spot }) => [name, spot])).toEqual([
      ['system', false],
      ['application', false],
      ['spot', true],
    ]);
  });

  it('batch work and workers run on spot nodes, what people wait for does not, and every pod tolerates its nodes', () => {
    const placed = podsOf(environment)
      .filter(({ owner }) => isProduct(owner))
      .map(({ owner, template }) => {
        expect(template.spec.tolerations).toEqual([
          { key: 'workload', operator: 'Equal', value: groupsOf(template)[0], effect: 'NoSchedule' },
        ]);
        return [owner.metadata.name.replace('authorworks-', ''), ...groupsOf(template)];
      });
    expect(Object.fromEntries(placed)).toMatchObject({
      gateway: 'application',
      'user-service': 'application',
      content: 'application',
      editor: 'application',
      subscription: 'application',
      pgbouncer: 'application',
      'media-worker': 'batch',
      'export-worker': 'batch',
      nightly: 'batch',
      'database-backup': 'batch',
    });
  });

  it('the platform’s components run on system nodes, which have no taint, and so do the pods of upstream charts', () => {
    const beside = (name: string) => BESIDE_SYSTEM[name]?.groups ?? ['system'];
    const rendered = podsOf(environment).filter(({ owner }) => !isProduct(owner) && owner.kind !== 'DaemonSet');
    expect(rendered.length).toBeGreaterThan(8);
    for (const { owner, template } of rendered) {
      const { name } = owner.metadata;
      expect(groupsOf(template), name).toEqual(beside(name));
      if (groupsOf(template).includes('system')) expect(template.spec.tolerations, name).toBeUndefined();
    }
    const charts = allOf(environment, 'Application').filter(({ metadata, spec }) => spec.source.chart && !/-crds$/.test(metadata.name));
    expect(charts.length).toBeGreaterThan(4);
    for (const { metadata, spec } of charts)
      expect([...new Set(groupsOf(spec.source.helm.valuesObject))].sort(), metadata.name).toEqual(beside(metadata.name));
  });
});

describe.each(ENVIRONMENTS)('databases in %s', (environment) => {
  const ini: () => string = () => only(environment, 'ConfigMap', 'authorworks-pgbouncer-config').data['pgbouncer.ini'];
  const OWNERS = { 'user-service': 'users', content: 'content', editor: 'editor', subscription: 'subscription' };

  it.each(Object.entries(OWNERS))('%s has the database %s of its own, behind PgBouncer, with a pool of its own', (name, database) => {
    const line = ini().match(new RegExp(`^authorworks-${name} = host=(\\S+) port=5432 dbname=${database} pool_size=(\\d+)$`, 'm'));
    expect(line?.[1]).toMatch(new RegExp(`^authorworks-${environment}-${database}\\.[a-z0-9]+\\.us-east-1\\.rds\\.amazonaws\\.com$`));
    expect(Number(line?.[2])).toBeGreaterThan(0);
    expect(envOf(containerOf(environment, `authorworks-${name}`))).toMatchObject({
      DATABASE_HOST: 'authorworks-pgbouncer',
      DATABASE_PORT: '6432',
    });
  });

  it('no two services share a database', () => expect(new Set(Object.values(OWNERS)).size).toBe(Object.keys(OWNERS).length));

  it('PgBouncer checks the certificate and the name of RDS', () => {
    expect(ini()).toMatch(/^server_tls_sslmode = verify-full$/m);
    const [, file] = ini().match(/^server_tls_ca_file = (\S+)\/ca\.crt$/m) ?? [];
    const { spec } = only(environment, 'Deployment', 'authorworks-pgbouncer').spec.template;
    const mount = containerOf(environment, 'authorworks-pgbouncer').volumeMounts.find(({ mountPath }: Rendered) => mountPath === file);
    const volume = spec.volumes.find(({ name }: Rendered) => name === mount.name);
    const certificate = only(environment, 'ExternalSecret', volume.secret.secretName);
    expect(certificate.spec.data[0]).toMatchObject({
      secretKey: 'ca.crt',
      remoteRef: { key: `/authorworks/${environment}/rds-ca-bundle` },
    });
  });

  it('migrations, which go past PgBouncer, check the certificate and the name of RDS too', () => {
    const jobs = allOf(environment, 'Job');
    expect(jobs.map(({ metadata }) => metadata.name)).toEqual(
      Object.keys(OWNERS)
        .map((name) => `authorworks-${name}-migrate`)
        .sort(),
    );
    for (const { spec } of jobs) expect(envOf(spec.template.spec.containers[0])).toMatchObject({ DATABASE_SSL_MODE: 'verify-full' });
  });

  it('passwords come from External Secrets, and no Secret is rendered', () => {
    expect(allOf(environment, 'Secret')).toEqual([]);
    for (const name of Object.keys(OWNERS)) {
      expect(only(environment, 'ExternalSecret', `authorworks-${name}-database`).spec.secretStoreRef.kind).toBe('ClusterSecretStore');
    }
  });
});

describe.each(ENVIRONMENTS)('buckets in %s', (environment) => {
  const own = () => podsOf(environment).filter(({ owner }) => isProduct(owner));
  const USERS = {
    content: ['content', 'export-worker'],
    media: ['content', 'media-worker'],
    exports: ['export-worker'],
    backups: ['database-backup'],
  };

  it.each(Object.entries(USERS))('authorworks-%s-<environment> is used by just the workloads that need it', (bucket, users) => {
    const name = `authorworks-${bucket}-${environment}`;
    const found = own().filter(({ template }) => Object.values(envOf(template.spec.containers[0])).includes(name));
    expect(found.map(({ owner }) => owner.metadata.name).sort()).toEqual(users.map((user) => `authorworks-${user}`));
  });

  it('each of these workloads has an IAM role of its own, and the others have none', () => {
    const accounts = allOf(environment, 'ServiceAccount').filter(isProduct);
    const roles = accounts.flatMap(({ metadata }) => {
      const arn = metadata.annotations?.['eks.amazonaws.com/role-arn'];
      return arn === undefined ? [] : [[metadata.name, arn.replace(/\d{12}/, '<account>')]];
    });
    expect(Object.fromEntries(roles)).toEqual(
      Object.fromEntries(
        [...new Set(Object.values(USERS).flat())].map((user) => [
          `authorworks-${user}`,
          `arn:aws:iam::<account>:role/authorworks-${environment}-${user}`,
        ]),
      ),
    );
    expect(new Set(roles.map(([, arn]) => arn)).size).toBe(roles.length);
  });

  it('every role of the contract is that of just the account that it is for, of a workload or a component, and no account has another', () => {
    const annotated = (object: Rendered) => object.annotations?.['eks.amazonaws.com/role-arn'];
    const rendered = allOf(environment, 'ServiceAccount')
      .filter(({ metadata }) => annotated(metadata))
      .map((account) => [placeOf(account), annotated(account.metadata)]);
    // Charts name the account beside its annotations.
    const inValues = allOf(environment, 'Application').flatMap(({ spec }) =>
      mapsIn(spec.source.helm?.valuesObject)
        .filter(annotated)
        .map((account) => [`${spec.destination.namespace}/${account.name}`, annotated(account)]),
    );
    const { roles } = contractOf(environment);
    expect(Object.fromEntries([...rendered, ...inValues])).toEqual(roles);
    expect(new Set(Object.values(roles)).size).toBe(rendered.length + inValues.length);
  });
});

it.each([
  ['dev', 7],
  ['staging', 30],
  ['production', 90],
] as const)('backups in %s are kept %d days', (environment, days) => expect(environments[environment].retentionDays.backups).toBe(days));

/** Applications that hold definitions: whoever deletes one deletes every object of its kinds. */
const holdsDefinitions = ({ metadata }: Rendered) => /-crds$|^gateway-api$/.test(metadata.name);

/** Applications of the two tiers, without the roots. */
function applications(environment: Environment, project: string): readonly Rendered[] {
  return allOf(environment, 'Application').filter(({ spec }) => spec.project === project);
}

describe.each([
  ['dev', 'develop', true],
  ['staging', 'staging', true],
  ['production', 'main', false],
] as const)('Argo CD in %s', (environment, branch, automatic) => {
  it(`follows the branch ${branch}`, () => {
    const own = allOf(environment, 'Application').filter(({ spec }) => spec.source.path?.startsWith('dist/'));
    expect(new Set(own.map(({ spec }) => spec.source.targetRevision))).toEqual(new Set([branch]));
  });

  it(`syncs workloads ${automatic ? 'by itself, prunes and heals' : 'when somebody says so'}`, () => {
    const workloads = applications(environment, 'authorworks');
    expect(workloads.length).toBeGreaterThan(8);
    for (const { spec } of workloads) expect(spec.syncPolicy.automated).toEqual(automatic ? { prune: true, selfHeal: true } : undefined);
  });

  it('syncs the platform by itself, heals it, and prunes all of it but definitions', () => {
    const own = applications(environment, 'platform');
    expect(own.length).toBeGreaterThan(20);
    for (const application of own) {
      const { metadata, spec } = application;
      expect(spec.syncPolicy.automated, metadata.name).toEqual({ prune: !holdsDefinitions(application), selfHeal: true });
    }
  });

  it('has definitions in Applications that say by their name that they hold nothing else', () => {
    const holders = applications(environment, 'platform').filter(holdsDefinitions);
    for (const { spec } of holders) expect(`${spec.source.chart ?? spec.source.path}`).toMatch(/crd/);
    // Nothing rendered for another Application is a definition.
    expect(allOf(environment, 'CustomResourceDefinition')).toEqual([]);
  });

  it('creates namespaces, applies on the server and respects what it ignores, everywhere', () => {
    for (const { spec } of allOf(environment, 'Application')) {
      expect(spec.syncPolicy.syncOptions).toEqual(
        expect.arrayContaining(['CreateNamespace=true', 'ServerSideApply=true', 'RespectIgnoreDifferences=true']),
      );
      expect(spec.syncPolicy.retry).toBeDefined();
    }
  });

  it('finds in each folder of dist the objects of the namespace that it deploys to', () => {
    for (const { metadata, spec } of applications(environment, 'authorworks')) {
      expect(spec.source.path).toBe(`dist/authorworks/${environment}/${metadata.name}`);
      expect(spec.destination).toEqual({ namespace: 'authorworks', server: 'https://kubernetes.default.svc' });
    }
  });

  it('deletes with an Application only in dev, and never definitions or itself; asks before it prunes only in production', () => {
    for (const application of ['authorworks', 'platform'].flatMap((project) => applications(environment, project))) {
      const { name, finalizers, annotations } = application.metadata;
      const deletes = environment === 'dev' && !holdsDefinitions(application) && name !== 'argo-cd';
      expect(finalizers, name).toEqual(deletes ? ['resources-finalizer.argocd.argoproj.io'] : undefined);
      expect(annotations['argocd.argoproj.io/sync-options'], name).toBe(environment === 'production' ? 'Prune=confirm' : undefined);
    }
  });

  it('never deletes a Namespace', () => {
    for (const { metadata } of allOf(environment, 'Namespace')) {
      expect(metadata.annotations['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
    }
  });

  it('runs a migration in wave 1 of a sync, its workload in wave 2, and what the migration needs before both', () => {
    const wave = waveOf;
    for (const job of allOf(environment, 'Job')) {
      expect(job.metadata.annotations).toMatchObject({
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      });
      const { template } = job.spec;
      expect([wave(job), wave(only(environment, 'Deployment', job.metadata.name.replace(/-migrate$/, '')))]).toEqual([1, 2]);
      expect(wave(only(environment, 'ServiceAccount', template.spec.serviceAccountName))).toBe(0);
      for (const { secret } of template.spec.volumes) expect(wave(only(environment, 'ExternalSecret', secret.secretName))).toBe(0);
    }
  });
});

it.each(ENVIRONMENTS)('placement in %s counts the given resources of the mesh’s proxy', (environment) => {
  const definition = clusters.find(({ name }) => name === `authorworks/${environment}`);
  if (definition === undefined) throw new Error(`no cluster authorworks/${environment}`);
  const { proxy } = factsOf({ ...definition.props, name: definition.name, environment: environments[environment] });
  expect(proxy).toMatchObject({ limits: { cpu: '1', memory: '250Mi' }, requests: { cpu: '100m', memory: '20Mi' } });
});

it('workloads stand in one namespace, where of the platform only PgBouncer and access to it are', () => {
  for (const environment of ENVIRONMENTS) {
    const inside = podsOf(environment).filter(({ owner }) => isProduct(owner));
    const names = applications(environment, 'authorworks').map(({ metadata }) => metadata.name);
    expect(names.filter((name) => !inside.some(({ owner }) => owner.metadata.name === name))).toEqual([]);
    const others = inside.map(({ owner }) => owner.metadata.name.replace(/-migrate$/, '')).filter((name) => !names.includes(name));
    expect(others).toEqual([`${PRODUCT}-pgbouncer`]);
  }
});
