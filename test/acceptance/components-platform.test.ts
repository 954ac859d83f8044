import { describe, expect, it } from 'vitest';
import { clusters } from '../../fleet/clusters';
import {
  allOf,
  argumentOf,
  contractOf,
  ENVIRONMENTS,
  type Environment,
  mapsIn,
  objectsOf,
  only,
  PRODUCT,
  podsOf,
  type Rendered,
  valuesOf,
} from './dist';

// What keeps a cluster running (rows P-05 to P-10, A-04 and G-05), read from dist.

const groupsOf = (environment: Environment) => clusters.find(({ name }) => name === `authorworks/${environment}`)?.props.nodeGroups ?? [];

describe.each(ENVIRONMENTS)('capacity in %s', (environment) => {
  const autoscaler = () => only(environment, 'Deployment', 'cluster-autoscaler').spec.template.spec.containers[0];

  it('grows by the node groups that bear the tags of this cluster', () => {
    const tags = argumentOf(autoscaler(), 'node-group-auto-discovery')?.replace('asg:tag=', '').split(',');
    expect(tags).toEqual(['k8s.io/cluster-autoscaler/enabled', `k8s.io/cluster-autoscaler/${contractOf(environment).cluster.name}`]);
    expect(argumentOf(autoscaler(), 'cloud-provider')).toBe('aws');
  });

  it('grows by spot nodes first where a pod may run on either', () => {
    expect(argumentOf(autoscaler(), 'expander')?.split(',')[0]).toBe('priority');
    const { priorities } = only(environment, 'ConfigMap', 'cluster-autoscaler-priority-expander', 'kube-system').data;
    const patterns = [...priorities.matchAll(/^(\d+):\n((?: {2}- .*\n?)+)/gm)].map(([, priority, list]) => ({
      priority: Number(priority),
      expressions: [...list.matchAll(/- '(.*)'/g)].map(([, text]) => new RegExp(text)),
    }));
    const priorityOf = (group: string) =>
      Math.max(...patterns.filter(({ expressions }) => expressions.some((each) => each.test(group))).map(({ priority }) => priority));
    for (const { name, spot } of groupsOf(environment)) {
      // As EKS names the autoscaling groups of a node group.
      const rank = priorityOf(`eks-${name}-8ac8f5a2-2b6d-4f8e-9d5c-9e6b1c6a0f11`);
      expect(rank, name).toBe(spot ? Math.max(...patterns.map(({ priority }) => priority)) : priorityOf('any other'));
    }
  });

  it('has the autoscaler of the cluster’s own minor of Kubernetes', () => {
    const minor = clusters.find(({ name }) => name === `authorworks/${environment}`)?.props.kubernetes;
    expect(autoscaler().image).toContain(`cluster-autoscaler:v${minor}.`);
  });

  it('has metrics for autoscalers, over TLS that is verified', () => {
    const { spec } = only(environment, 'APIService', 'v1beta1.metrics.k8s.io');
    const { ports } = only(environment, 'Service', spec.service.name, spec.service.namespace).spec;
    expect(ports.map(({ port }: Rendered) => port)).toContain(spec.service.port);
    expect(spec.insecureSkipTLSVerify ?? false).toBe(false);
    const server = only(environment, 'Deployment', 'metrics-server').spec.template.spec.containers[0];
    expect(server.args.filter((text: string) => /insecure/.test(text))).toEqual([]);
  });

  it('goes first to what people wait for, and batch work displaces nobody', () => {
    const { value } = only(environment, 'PriorityClass', 'interactive');
    const batch = only(environment, 'PriorityClass', 'batch');
    expect(value).toBeGreaterThan(0);
    expect([batch.value < 0, batch.preemptionPolicy]).toEqual([true, 'Never']);
    const known = [
      'system-cluster-critical',
      'system-node-critical',
      ...allOf(environment, 'PriorityClass').map(({ metadata }) => metadata.name),
    ];
    // A migration runs once: it is before batch work, and displaces nobody that people wait for.
    for (const { owner, template } of podsOf(environment).filter((each) => each.owner.kind !== 'Job'))
      expect(known, owner.metadata.name).toContain(template.spec.priorityClassName);
  });

  it('is held ready in production alone, by pods that give way to every other', () => {
    const holders = podsOf(environment).filter(({ owner }) => owner.metadata.namespace === 'overprovisioning');
    expect(holders.length > 0).toBe(environment === 'production');
    for (const { template } of holders) {
      const lowest = Math.min(...allOf(environment, 'PriorityClass').map(({ value }) => value));
      const own = only(environment, 'PriorityClass', template.spec.priorityClassName);
      expect([own.value, own.preemptionPolicy]).toEqual([lowest, 'Never']);
      // Lower, and the autoscaler would add no node for the pods that were displaced.
      expect(own.value).toBeGreaterThanOrEqual(Number(argumentOf(autoscaler(), 'expendable-pods-priority-cutoff')));
      expect(template.spec.terminationGracePeriodSeconds).toBe(0);
    }
  });
});

describe.each(ENVIRONMENTS)('External Secrets in %s', (environment) => {
  it.each([
    ['aws-secrets-manager', 'SecretsManager'],
    ['aws-parameter-store', 'ParameterStore'],
  ])('has the store %s of %s, in the region of the contract, without a key', (name, service) => {
    const { provider, conditions } = only(environment, 'ClusterSecretStore', name).spec;
    // No `auth`: the operator's own role.
    expect(provider).toEqual({ aws: { service, region: contractOf(environment).region } });
    const users = allOf(environment, 'ExternalSecret').map(({ metadata }) => metadata.namespace);
    // Only where secrets are read may they be read.
    expect([...new Set(users)].sort()).toEqual([...conditions[0].namespaces].sort());
  });

  it('reads by a role', () => {
    const { annotations } = valuesOf(environment, 'external-secrets').serviceAccount;
    expect(annotations['eks.amazonaws.com/role-arn']).toBe(contractOf(environment).roles['external-secrets/external-secrets']);
  });

  it('serves every secret that is rendered, from one of these stores', () => {
    for (const { metadata, spec } of allOf(environment, 'ExternalSecret')) {
      expect(spec.secretStoreRef.kind, metadata.name).toBe('ClusterSecretStore');
      only(environment, 'ClusterSecretStore', spec.secretStoreRef.name);
    }
  });
});

describe('GitHub’s runners in dev', () => {
  const set = () => valuesOf('dev', 'runners-authorworks');

  it('have a namespace of their own, which enforces restricted, away from their controller', () => {
    const at = (application: string) => only('dev', 'Application', application).spec.destination.namespace;
    expect([at('runners-authorworks'), at('arc-controller')]).toEqual(['arc-runners', 'arc-systems']);
    expect(only('dev', 'Namespace', 'arc-runners').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    expect(valuesOf('dev', 'arc-controller').flags.watchSingleNamespace).toBe('arc-runners');
  });

  it('are none until a job waits, and no more than their quota has room for', () => {
    const { minRunners, maxRunners, template } = set();
    expect(minRunners).toBe(0);
    expect(maxRunners).toBeGreaterThan(0);
    const { hard } = only('dev', 'ResourceQuota', 'workloads', 'arc-runners').spec;
    const { requests } = template.spec.containers[0].resources;
    expect(maxRunners * Number(requests.cpu)).toBeLessThanOrEqual(Number(hard['requests.cpu']));
    expect(maxRunners).toBeLessThanOrEqual(Number(hard.pods));
  });

  it('last for one job, without a token of the cluster and without its privileges', () => {
    const { spec } = set().template;
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const { securityContext, image } of spec.containers) {
      expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      expect(image).toMatch(/:\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?$/);
    }
    // Neither a container runtime of theirs nor pods that they start: nothing survives the pod.
    expect(set().containerMode).toBeUndefined();
    expect(spec.volumes.every(({ emptyDir }: Rendered) => emptyDir !== undefined)).toBe(true);
  });

  it('take GitHub’s key from the secret store', () => {
    expect(set().githubConfigSecret).toBe(only('dev', 'ExternalSecret', 'github-app', 'arc-runners').spec.target.name);
  });

  it('have no role in any namespace', () => {
    const bound = ['RoleBinding', 'ClusterRoleBinding']
      .flatMap((kind) => allOf('dev', kind))
      .flatMap(({ subjects }) => subjects)
      .filter(({ namespace }: Rendered) => namespace === 'arc-runners');
    expect(bound).toEqual([]);
  });

  it('are nowhere else', () => {
    for (const environment of ['staging', 'production'] as const) {
      expect(allOf(environment, 'Namespace').filter(({ metadata }) => metadata.name.startsWith('arc-'))).toEqual([]);
    }
  });
});

describe.each([
  ['dev', 7],
  ['staging', 30],
  ['production', 90],
] as const)('Velero in %s', (environment, days) => {
  const schedules = () => allOf(environment, 'Schedule');

  it(`backs up everything each day, and keeps it ${days} days`, () => {
    expect(schedules().map(({ metadata }) => metadata.name)).toEqual(['daily']);
    const { schedule, template } = schedules()[0].spec;
    expect(schedule).toMatch(/^\d+ \d+ \* \* \*$/);
    expect(template.ttl).toBe(`${days * 24}h0m0s`);
    expect(template.includedNamespaces).toEqual(['*']);
    expect(template.excludedNamespaces).not.toContain(PRODUCT);
  });

  it('keeps what somebody backs up by hand as long', () => {
    expect(valuesOf(environment, 'velero').configuration.defaultBackupTTL).toBe(`${days * 24}h0m0s`);
  });

  it('snapshots volumes by a class that keeps them when the namespace goes', () => {
    expect(schedules()[0].spec.template.snapshotVolumes).toBe(true);
    expect(valuesOf(environment, 'velero').configuration.features.split(',')).toContain('EnableCSI');
    const own = allOf(environment, 'VolumeSnapshotClass').filter(({ metadata }) => 'velero.io/csi-volumesnapshot-class' in metadata.labels);
    expect(own.map(({ driver, deletionPolicy }) => [driver, deletionPolicy])).toEqual([['ebs.csi.aws.com', 'Retain']]);
  });

  it('never backs up what a secret store has', () => {
    expect(schedules()[0].spec.template.excludedResources).toContain('secrets');
  });

  it('writes into the bucket of backups of its own environment, encrypted by the key of the contract, by a role', () => {
    const { buckets, region, roles } = contractOf(environment);
    const { spec } = only(environment, 'BackupStorageLocation', schedules()[0].spec.template.storageLocation);
    expect(spec.objectStorage.bucket).toBe(`authorworks-backups-${environment}`);
    expect(spec.config).toMatchObject({ region, kmsKeyId: buckets.backups.kmsKey, serverSideEncryption: 'aws:kms' });
    expect(spec.default).toBe(true);
    const { serviceAccount, credentials } = valuesOf(environment, 'velero');
    expect(serviceAccount.server.annotations['eks.amazonaws.com/role-arn']).toBe(roles['velero/velero']);
    expect(credentials.useSecret).toBe(false);
  });
});

it.each(ENVIRONMENTS)(
  'the buckets of logs and backups in %s are written by Loki, Velero and the backup of databases alone',
  (environment) => {
    const { buckets } = contractOf(environment);
    const users = (bucket: string) =>
      objectsOf(environment)
        .filter(
          (object) => JSON.stringify(object).includes(`"${buckets[bucket].name}"`) || bucketsIn(object).includes(buckets[bucket].name),
        )
        .map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
    expect(users('logs')).toEqual(['ConfigMap logging/loki-config']);
    expect(users('backups').sort()).toEqual(['BackupStorageLocation velero/default', 'CronJob authorworks/authorworks-database-backup']);
  },
);

/** Words of a ConfigMap's files, among which are names of buckets. */
const bucketsIn = ({ kind, data }: Rendered): readonly string[] =>
  kind === 'ConfigMap' ? Object.values<string>(data).flatMap((text) => text.split(/[^\w-]+/)) : [];

it.each(ENVIRONMENTS)('volumes in %s are encrypted gp3 in the zone of their pod, kept when the claim goes', (environment) => {
  const classes = allOf(environment, 'StorageClass');
  expect(classes.map(({ metadata }) => metadata.annotations['storageclass.kubernetes.io/is-default-class'])).toEqual(['true']);
  // Given (S-18): 3000 operations and 125 MiB a second.
  expect(classes[0]).toMatchObject({
    provisioner: 'ebs.csi.aws.com',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
    parameters: { type: 'gp3', iops: '3000', throughput: '125', encrypted: 'true' },
  });
  expect(Object.values(contractOf(environment).kmsKeys)).toContain(classes[0].parameters.kmsKeyId);
});

describe.each(ENVIRONMENTS)('Argo CD itself in %s', (environment) => {
  const values = () => valuesOf(environment, 'argo-cd');

  it('is a pinned component of its own', () => {
    const { spec } = only(environment, 'Application', 'argo-cd');
    expect(spec.source).toMatchObject({ chart: 'argo-cd', repoURL: 'https://argoproj.github.io/argo-helm' });
    expect(spec.source.targetRevision).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('judges Applications as its first installation does', () => {
    const key = 'resource.customizations.health.argoproj.io_Application';
    expect(values().configs.cm[key].trim()).toBe(only(environment, 'ConfigMap', 'argocd-cm').data[key].trim());
  });

  it('knows people by their groups; guests and shells into pods are off, and outside dev the built-in admin', () => {
    const { cm, rbac } = values().configs;
    expect([cm['admin.enabled'], cm['users.anonymous.enabled'], cm['exec.enabled']]).toEqual([
      String(environment === 'dev'),
      'false',
      'false',
    ]);
    expect(rbac['policy.default']).toBe('');
    expect(rbac.scopes).toBe('[groups]');
    const granted = [...rbac['policy.csv'].matchAll(/^g, ([\w-]+), /gm)].map(([, group]) => group);
    expect([...new Set(granted)].sort()).toEqual(Object.values(contractOf(environment).groups).flat().sort());
    const inProjects = allOf(environment, 'AppProject').flatMap(({ spec }) => spec.roles ?? []);
    expect(new Set(inProjects.map(({ name }: Rendered) => name))).toEqual(new Set(['admin', 'developer', 'read-only']));
  });

  it('lets developers and support look, and nothing more, at what production runs', () => {
    if (environment !== 'production') return;
    const roles = allOf(environment, 'AppProject').flatMap(({ spec }) => spec.roles ?? []);
    for (const { name, policies } of roles.filter((role: Rendered) => role.name !== 'admin')) {
      for (const policy of policies) expect(policy.split(', ')[3], name).toBe('get');
    }
  });

  it('tells Slack of deployments and failures, and GitHub of the commit’s state', () => {
    const { notifiers, triggers, templates, subscriptions, secret } = values().notifications;
    expect(Object.keys(notifiers).sort()).toEqual(['service.github', 'service.slack']);
    for (const { triggers: names } of subscriptions) {
      for (const name of names) {
        const sent = [...triggers[`trigger.${name}`].matchAll(/^ {4}- (\S+)$/gm)].map(([, template]) => template);
        expect(sent.length, name).toBeGreaterThan(0);
        for (const template of sent) expect(templates).toHaveProperty([`template.${template}`]);
      }
    }
    const told = subscriptions.flatMap(({ recipients }: Rendered) => recipients);
    expect(told.filter((recipient: string) => recipient.startsWith('slack:')).length).toBe(2);
    expect(told).toContain('github:');
    // The keys come from the store, by names that the notifiers know.
    expect(secret).toEqual({ create: false, name: 'argocd-notifications-secret' });
    const { data } = only(environment, 'ExternalSecret', secret.name, 'argocd').spec;
    const known = data.map(({ secretKey }: Rendered) => `$${secretKey}`);
    const asked = Object.values<string>(notifiers).flatMap((text) => text.match(/\$\w+/g) ?? []);
    expect(asked.sort()).toEqual(known.sort());
  });

  it('reads each repository of its Applications that needs a login by a secret of the store', () => {
    const own = objectsOf(environment).filter(
      ({ kind, spec }) =>
        kind === 'ExternalSecret' && spec.target.template?.metadata?.labels?.['argocd.argoproj.io/secret-type'] === 'repository',
    );
    const urls = own.map(({ spec }) => spec.target.template.data.url);
    const used = allOf(environment, 'Application')
      .filter(({ spec }) => spec.source.path?.startsWith('dist/'))
      .map(({ spec }) => spec.source.repoURL);
    expect([...urls].sort()).toEqual([...new Set(used)].sort());
  });

  it('is told of no password by its values', () => {
    for (const map of mapsIn(values())) {
      for (const [key, value] of Object.entries(map)) {
        if (typeof value === 'string' && /password|clientSecret|token|privateKey/i.test(key)) expect(value, key).toMatch(/^(\$|\{\{|$)/);
      }
    }
  });
});

it.each(ENVIRONMENTS)('upstream charts and definitions in %s are pinned to one version', (environment) => {
  const foreign = allOf(environment, 'Application').filter(({ spec }) => !spec.source.path?.startsWith('dist/'));
  expect(foreign.length).toBeGreaterThan(10);
  for (const { metadata, spec } of foreign.filter(({ spec }) => spec.project !== 'bootstrap')) {
    expect(spec.source.targetRevision, metadata.name).toMatch(/^([a-z-]+-)?v?\d+\.\d+\.\d+$/);
  }
});
