import { describe, expect, it } from 'vitest';
import { allOf, ENVIRONMENTS, type Environment, isProduct, objectsOf, only, podsOf, type Rendered } from './dist';

// What every workload and component gets (rows F-06 to F-08), whoever wrote it and in whichever environment, read from dist.

const running = ENVIRONMENTS.flatMap((environment) =>
  ['Deployment', 'StatefulSet']
    .flatMap((kind) => allOf(environment, kind))
    .map((controller) => ({ environment, name: controller.metadata.name as string, kind: controller.kind as string, controller })),
);

/**
 * Components to which a rule does not apply, and why. Workloads of the product are never exempted; an entry that is needed no more fails.
 */
const EXEMPT = {
  budget: { 'overprovisioning-application': 'Its pods are there to be displaced.' },
  probes: { 'overprovisioning-application': 'It waits for a signal and does nothing else.' },
  rollout: {
    'external-dns': 'Two at once would write over each other, and nobody waits for it.',
    'overprovisioning-application': 'A surge would need the room that it holds; it has nothing to end.',
  },
  scrape: { 'overprovisioning-application': 'It listens nowhere.' },
  wait: {
    'aws-load-balancer-controller':
      'Its image has no shell to sleep in, and Kubernetes 1.28 no sleep of its own; Argo CD retries what the webhook refused.',
    'cert-manager-webhook':
      'Its image has no shell to sleep in, and Kubernetes 1.28 no sleep of its own; Argo CD retries what the webhook refused.',
    grafana: 'People look again; where it is shown on a wall, the page does.',
    jaeger: 'Its image has no shell to sleep in; collectors send again.',
    'metrics-server': 'Its image has no shell to sleep in, and Kubernetes 1.28 no sleep of its own; autoscalers ask again.',
    'otel-gateway': 'Its image has no shell to sleep in; who sends spans sends them again.',
  },
  readOnlyRoot: { 'ingress-nginx-controller': 'It writes its configuration beside its templates.' },
  host: {
    'log-agent': 'It reads the logs of all pods from a folder of the node, which root alone may read.',
    'node-exporter': 'It tells of the node: its network, its processes and its disks.',
  },
  policy: {
    'node-exporter': 'It is in the network of its node, where no policy holds.',
    'overprovisioning-application': 'It calls nobody and nobody calls it: the default is all that it needs.',
  },
} satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Whether a rule does not apply; fails when the exemption is needed no more. */
function isExempt(rule: keyof typeof EXEMPT, name: string, broken: boolean): boolean {
  if (!(name in EXEMPT[rule])) return false;
  expect(broken, `${name} breaks the rule ${rule}; else take it off the list`).toBe(true);
  return true;
}

/** Names of components that run pods. */
const componentsOf = (environment: Environment): readonly string[] =>
  podsOf(environment)
    .filter(({ owner }) => !isProduct(owner))
    .map(({ owner }) => owner.metadata.name);

it('only components that run somewhere are exempted from anything', () => {
  const components = new Set(ENVIRONMENTS.flatMap(componentsOf));
  const exempted = Object.values(EXEMPT).flatMap((names) => Object.keys(names));
  expect(exempted.filter((name) => !components.has(name))).toEqual([]);
});

it('the same workloads run in every environment, the given ones among them', () => {
  const [first, ...others] = ENVIRONMENTS.map((environment) =>
    allOf(environment, 'Deployment')
      .filter(isProduct)
      .map(({ metadata }) => metadata.name as string),
  );
  expect(first).toEqual(expect.arrayContaining(['gateway', 'user-service', 'content', 'editor'].map((name) => `authorworks-${name}`)));
  for (const names of others) expect(names).toEqual(first);
});

/** Components that not every environment has. */
const SOMEWHERE: Readonly<Record<string, readonly Environment[]>> = { 'overprovisioning-application': ['production'] };

it('the same components run in every environment but for those that are listed', () => {
  const everywhere = new Set(ENVIRONMENTS.flatMap(componentsOf));
  expect(everywhere.size).toBeGreaterThan(8);
  for (const component of everywhere) {
    const found = ENVIRONMENTS.filter((environment) => componentsOf(environment).includes(component));
    expect(found, component).toEqual(SOMEWHERE[component] ?? ENVIRONMENTS);
  }
});

/** Seconds that a container sleeps before it is told to end; more than one sleep may stand in a script. */
const waitOf = (container: Rendered): number =>
  [...(container.lifecycle?.preStop?.exec?.command ?? []).join(' ').matchAll(/\bsleep (\d+)/g)].reduce(
    (sum: number, [, seconds]) => sum + Number(seconds),
    0,
  );

/** The ingress controller has a program for it, which waits as long as it is told (`--shutdown-grace-period`) and then drains. */
const waits = (container: Rendered): boolean =>
  waitOf(container) > 0 ||
  (container.lifecycle?.preStop?.exec?.command?.[0] === '/wait-shutdown' &&
    container.args.some((text: string) => /^--shutdown-grace-period=[1-9]/.test(text)));

const matches = (selector: Rendered, labels: Rendered) => Object.entries(selector ?? {}).every(([key, value]) => labels?.[key] === value);

/** Objects of a kind in the namespace of another. */
const beside = (environment: Environment, kind: string, { metadata }: Rendered) =>
  allOf(environment, kind).filter((each) => each.metadata.namespace === metadata.namespace);

/** Services that lead to pods of a namespace with these labels. */
const servicesOf = (environment: Environment, owner: Rendered, labels: Rendered) =>
  beside(environment, 'Service', owner).filter(({ spec }) => spec.selector !== undefined && matches(spec.selector, labels));

/** PodMonitors and ServiceMonitors that lead to pods with these labels. */
function monitorsOf(environment: Environment, owner: Rendered, labels: Rendered): readonly Rendered[] {
  const sees = ({ metadata, spec }: Rendered) =>
    spec.namespaceSelector?.any === true || (spec.namespaceSelector?.matchNames ?? [metadata.namespace]).includes(owner.metadata.namespace);
  const services = servicesOf(environment, owner, labels);
  return [
    ...allOf(environment, 'PodMonitor').filter((each) => sees(each) && matches(each.spec.selector.matchLabels, labels)),
    ...allOf(environment, 'ServiceMonitor').filter(
      (each) => sees(each) && services.some(({ metadata }) => matches(each.spec.selector.matchLabels, metadata.labels)),
    ),
  ];
}

describe.each(running)('$kind $name in $environment', ({ environment, name, kind, controller: deployment }) => {
  const { template, selector } = deployment.spec;
  const { labels } = template.metadata;
  const [container] = template.spec.containers;
  const account = template.spec.serviceAccountName;

  it('has a ServiceAccount of its own', () => {
    const users = podsOf(environment).filter(
      ({ owner, template: { spec } }) => owner.metadata.namespace === deployment.metadata.namespace && spec.serviceAccountName === account,
    );
    // A migration is the same program at another time.
    expect(users.map(({ owner }) => owner.metadata.name.replace(/-migrate$/, '')).every((user) => user === name)).toBe(true);
    if (isProduct(deployment)) expect(account).toBe(name);
  });

  it('has a token just when a role is bound to its account, which of the product none has', () => {
    const bound = ['RoleBinding', 'ClusterRoleBinding']
      .flatMap((kind) => allOf(environment, kind))
      .flatMap(({ subjects }) => subjects)
      .some(
        (each: Rendered) => each.kind === 'ServiceAccount' && each.name === account && each.namespace === deployment.metadata.namespace,
      );
    expect(template.spec.automountServiceAccountToken).toBe(bound);
    expect(only(environment, 'ServiceAccount', account, deployment.metadata.namespace).automountServiceAccountToken).toBe(bound);
    if (isProduct(deployment)) expect(bound).toBe(false);
  });

  it('has a selector that matches its own pods and no others', () => {
    const matched = podsOf(environment).filter(
      ({ owner, template: other }) =>
        owner.metadata.namespace === deployment.metadata.namespace && matches(selector.matchLabels, other.metadata.labels),
    );
    expect(matched.map(({ owner }) => owner.metadata.name)).toEqual([name]);
  });

  it('has an autoscaler or a fixed number of pods, never both', () => {
    const scalers = beside(environment, 'HorizontalPodAutoscaler', deployment).filter(({ spec }) => spec.scaleTargetRef.name === name);
    expect(scalers.length === 1).toBe(deployment.spec.replicas === undefined);
    for (const { spec } of scalers) expect(spec.minReplicas).toBeLessThanOrEqual(spec.maxReplicas);
  });

  it('has one disruption budget, which counts what may be missing', () => {
    const budgets = beside(environment, 'PodDisruptionBudget', deployment).filter(({ spec }) => matches(spec.selector.matchLabels, labels));
    if (isExempt('budget', name, budgets.length === 0)) return;
    expect(budgets.map(({ spec }) => spec.maxUnavailable)).toEqual([1]);
  });

  it('spreads over zones and hosts', () => {
    const keys = template.spec.topologySpreadConstraints.map(({ topologyKey }: Rendered) => topologyKey);
    expect(keys).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
    for (const { labelSelector } of template.spec.topologySpreadConstraints) expect(labelSelector).toEqual(selector);
  });

  it('is asked for its health and whether it is ready', () => {
    if (isExempt('probes', name, container.livenessProbe === undefined || container.readinessProbe === undefined)) return;
    expect(container).toMatchObject({ livenessProbe: expect.anything(), readinessProbe: expect.anything() });
  });

  it('states requests and a limit of memory, in every container', () => {
    for (const { resources } of [...template.spec.containers, ...(template.spec.initContainers ?? [])]) {
      expect(resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  });

  it.runIf(kind === 'Deployment')('is rolled out without downtime, and ends gracefully', () => {
    const { type, rollingUpdate } = deployment.spec.strategy;
    const seamless = type === 'RollingUpdate' && rollingUpdate.maxUnavailable === 0;
    const graceful = template.spec.terminationGracePeriodSeconds > waitOf(container);
    if (isExempt('rollout', name, !seamless || !graceful)) return;
    expect({ seamless, graceful }).toEqual({ seamless: true, graceful: true });
  });

  it.runIf(kind === 'Deployment')('waits before it ends where others find it through a Service', () => {
    const ready = servicesOf(environment, deployment, labels).length === 0 || waits(container);
    if (isExempt('wait', name, !ready)) return;
    expect(ready).toBe(true);
  });

  it('is scraped in exactly one way', () => {
    const annotated = Object.keys(template.metadata.annotations ?? {}).some((key) => key.startsWith('prometheus.io/'));
    const ways = monitorsOf(environment, deployment, labels).length + Number(annotated);
    if (isExempt('scrape', name, ways === 0)) return;
    expect(ways).toBe(1);
  });

  it('bears the standard labels', () => {
    for (const labels of [deployment.metadata.labels, template.metadata.labels]) {
      for (const label of ['name', 'instance', 'component', 'part-of', 'managed-by'])
        expect(labels).toHaveProperty([`app.kubernetes.io/${label}`]);
    }
  });
});

/** Port of the mesh's proxy, which stands beside the declared ports where the callee is meshed. */
const PROXY = 4143;

describe.each(ENVIRONMENTS)('every pod in %s', (environment) => {
  const pods = podsOf(environment);

  it('meets Pod Security restricted, with a root file system that cannot be written', () => {
    for (const { owner, template } of pods) {
      const { name } = owner.metadata;
      const { spec } = template;
      expect(spec.securityContext, name).toMatchObject({ seccompProfile: { type: 'RuntimeDefault' } });
      const asRoot = spec.securityContext.runAsNonRoot !== true;
      const onHost = ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => spec[field] === true);
      const mountsHost = (spec.volumes ?? []).some(({ hostPath }: Rendered) => hostPath !== undefined);
      if (!isExempt('host', name, asRoot || onHost || mountsHost))
        expect({ asRoot, onHost, mountsHost }, name).toEqual({ asRoot: false, onHost: false, mountsHost: false });
      const contexts = [...spec.containers, ...(spec.initContainers ?? [])].map(({ securityContext }) => securityContext);
      for (const securityContext of contexts) {
        expect(securityContext, name).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
        // The one capability that `restricted` lets a container have.
        for (const capability of securityContext.capabilities.add ?? []) expect(capability, name).toBe('NET_BIND_SERVICE');
      }
      const readOnly = contexts.every(({ readOnlyRootFilesystem }) => readOnlyRootFilesystem === true);
      if (!isExempt('readOnlyRoot', name, !readOnly)) expect(readOnly, name).toBe(true);
    }
  });

  it('is selected by a NetworkPolicy of its own beside the one that denies everything', () => {
    for (const { owner, template } of pods) {
      const { name, namespace } = owner.metadata;
      const policies = beside(environment, 'NetworkPolicy', owner);
      // Pods that are not rendered here live in kube-system: what would close it would close them.
      if (namespace !== 'kube-system') {
        expect(policies.find(({ metadata }) => metadata.name === 'default-deny').spec, name).toEqual({
          podSelector: {},
          policyTypes: ['Ingress', 'Egress'],
        });
      }
      const own = policies.filter(({ spec }) => {
        const selector = spec.podSelector.matchLabels ?? {};
        return Object.keys(selector).length > 0 && matches(selector, template.metadata.labels);
      });
      if (isExempt('policy', name, own.length === 0)) continue;
      expect(own.map(({ metadata, spec }) => [metadata.name, spec.policyTypes])).toEqual([[name, ['Ingress', 'Egress']]]);
    }
  });

  it('may go only where the other end lets it in, and the other way round, from one namespace to another, too', () => {
    const policies = allOf(environment, 'NetworkPolicy').filter(({ spec }) => spec.podSelector.matchLabels !== undefined);
    const place = (namespace: string, labels: Rendered) => `${namespace} ${JSON.stringify(Object.entries(labels).sort())}`;
    const known = new Set(policies.map(({ metadata, spec }) => place(metadata.namespace, spec.podSelector.matchLabels)));
    const edges = (direction: 'ingress' | 'egress', end: 'from' | 'to') =>
      policies.flatMap(({ metadata, spec }) =>
        (spec[direction] ?? []).flatMap((rule: Rendered) =>
          rule[end]
            .filter(({ podSelector }: Rendered) => podSelector !== undefined)
            .flatMap(({ podSelector, namespaceSelector }: Rendered) => {
              const own = place(metadata.namespace, spec.podSelector.matchLabels);
              const elsewhere = namespaceSelector?.matchLabels['kubernetes.io/metadata.name'];
              const other = place(elsewhere ?? metadata.namespace, podSelector.matchLabels);
              // The other end is not rendered here, as the cluster's DNS: its policy is somebody else's.
              if (!known.has(other)) return [];
              return rule.ports
                .filter(({ port }: Rendered) => port !== PROXY)
                .map(({ port }: Rendered) => (direction === 'egress' ? `${own} -> ${other}:${port}` : `${other} -> ${own}:${port}`));
            }),
        ),
      );
    const [out, into] = [edges('egress', 'to'), edges('ingress', 'from')];
    expect([...new Set(out)].sort()).toEqual([...new Set(into)].sort());
    expect(out.filter((edge) => edge.startsWith('authorworks ') && edge.includes('-> authorworks ')).length).toBeGreaterThan(10);
    expect(out.filter((edge) => edge.startsWith('ingress-nginx ') && edge.includes('-> authorworks ')).length).toBeGreaterThan(1);
  });

  it('finds every Secret and ConfigMap that it mounts', () => {
    for (const { owner, template } of pods) {
      const inNamespace = (kind: string) => beside(environment, kind, owner);
      const secrets = [
        ...inNamespace('ExternalSecret').map(({ spec }) => spec.target.name),
        ...inNamespace('Certificate').map(({ spec }) => spec.secretName),
      ];
      const configs = inNamespace('ConfigMap').map(({ metadata }) => metadata.name);
      for (const { secret, configMap } of template.spec.volumes ?? []) {
        if (secret !== undefined) expect(secrets).toContain(secret.secretName);
        if (configMap !== undefined) expect(configs).toContain(configMap.name);
      }
    }
  });
});

it.each(ENVIRONMENTS)('every secret in %s is refreshed, and has a key below its own environment', (environment) => {
  const secrets = allOf(environment, 'ExternalSecret');
  expect(secrets.length).toBeGreaterThan(10);
  for (const { spec } of secrets) {
    expect(spec.refreshInterval).toMatch(/^(\d+h)?\d+m\d+s$/);
    // Nothing but zeros is never again.
    expect(spec.refreshInterval).toMatch(/[1-9]/);
    for (const { remoteRef } of spec.data) expect(remoteRef.key).toMatch(new RegExp(`^/?authorworks/${environment}/`));
  }
});

it('every object of dist says what it is, and no two are the same', () => {
  for (const environment of ENVIRONMENTS) {
    const identities = objectsOf(environment).map(
      ({ apiVersion, kind, metadata }) => `${apiVersion.split('/')[0]} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
    );
    expect(new Set(identities).size).toBe(identities.length);
  }
});
