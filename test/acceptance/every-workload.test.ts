import { describe, expect, it } from 'vitest';
import { allOf, ENVIRONMENTS, objectsOf, only, podsOf, type Rendered } from './dist';

// What every workload gets (rows F-06 to F-08), whoever wrote it and in whichever environment, read from dist.

const running = ENVIRONMENTS.flatMap((environment) =>
  allOf(environment, 'Deployment').map((deployment) => ({ environment, name: deployment.metadata.name as string, deployment })),
);

it('the same workloads run in every environment, the given ones among them', () => {
  const [first, ...others] = ENVIRONMENTS.map((environment) =>
    allOf(environment, 'Deployment').map(({ metadata }) => metadata.name as string),
  );
  expect(first).toEqual(expect.arrayContaining(['gateway', 'user-service', 'content', 'editor'].map((name) => `authorworks-${name}`)));
  for (const names of others) expect(names).toEqual(first);
});

/** Seconds that a container sleeps before it is told to end; more than one sleep may stand in a script. */
const waitOf = (container: Rendered): number =>
  [...(container.lifecycle?.preStop.exec.command ?? []).join(' ').matchAll(/\bsleep (\d+)/g)].reduce(
    (sum: number, [, seconds]) => sum + Number(seconds),
    0,
  );

it('a workload that others find through a Service waits before it ends', () => {
  for (const { environment, name, deployment } of running) {
    if (!allOf(environment, 'Service').some(({ metadata }) => metadata.name === name)) continue;
    expect(waitOf(deployment.spec.template.spec.containers[0]), `${name} in ${environment}`).toBeGreaterThan(0);
  }
});

const matches = (selector: Rendered, labels: Rendered) => Object.entries(selector).every(([key, value]) => labels[key] === value);

describe.each(running)('$name in $environment', ({ environment, name, deployment }) => {
  const { template, selector } = deployment.spec;
  const [container] = template.spec.containers;

  it('has a ServiceAccount of its own, and no token of it', () => {
    expect(template.spec.serviceAccountName).toBe(name);
    expect(template.spec.automountServiceAccountToken).toBe(false);
    expect(only(environment, 'ServiceAccount', name).automountServiceAccountToken).toBe(false);
  });

  it('has a selector that matches its own pods and no others', () => {
    const matched = podsOf(environment).filter((pod) => matches(selector.matchLabels, pod.template.metadata.labels));
    expect(matched.map(({ owner }) => owner.metadata.name)).toEqual([name]);
  });

  it('has an autoscaler or a fixed number of pods, never both', () => {
    const scalers = allOf(environment, 'HorizontalPodAutoscaler').filter(({ spec }) => spec.scaleTargetRef.name === name);
    expect(scalers.length === 1).toBe(deployment.spec.replicas === undefined);
    for (const { spec } of scalers) expect(spec.minReplicas).toBeLessThanOrEqual(spec.maxReplicas);
  });

  it('has one disruption budget, which counts what may be missing', () => {
    const budgets = allOf(environment, 'PodDisruptionBudget').filter(({ spec }) =>
      matches(spec.selector.matchLabels, template.metadata.labels),
    );
    expect(budgets.map(({ spec }) => spec.maxUnavailable)).toEqual([1]);
  });

  it('spreads over zones and hosts', () => {
    const keys = template.spec.topologySpreadConstraints.map(({ topologyKey }: Rendered) => topologyKey);
    expect(keys).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
    for (const { labelSelector } of template.spec.topologySpreadConstraints) expect(labelSelector).toEqual(selector);
  });

  it('is asked for its health and whether it is ready', () => {
    expect(container).toMatchObject({ livenessProbe: expect.anything(), readinessProbe: expect.anything() });
  });

  it('states requests and a limit of memory', () => {
    expect(container.resources).toMatchObject({
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { memory: expect.any(String) },
    });
  });

  it('is rolled out without downtime, and ends gracefully', () => {
    expect(deployment.spec.strategy).toMatchObject({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } });
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(waitOf(container));
  });

  it('is scraped in exactly one way', () => {
    const monitors = ['PodMonitor', 'ServiceMonitor'].flatMap((kind) => allOf(environment, kind));
    const ways = monitors.filter(({ spec }) => matches(spec.selector.matchLabels, template.metadata.labels)).length;
    const annotated = Object.keys(template.metadata.annotations ?? {}).some((key) => key.startsWith('prometheus.io/'));
    expect(ways + Number(annotated)).toBe(1);
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

  it('meets Pod Security restricted', () => {
    for (const { template } of pods) {
      expect(template.spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const { securityContext } of template.spec.containers) {
        expect(securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        });
      }
    }
  });

  it('is selected by a NetworkPolicy of its own beside the one that denies everything', () => {
    const policies = allOf(environment, 'NetworkPolicy').filter(({ metadata }) => metadata.namespace === 'authorworks');
    expect(policies.find(({ metadata }) => metadata.name === 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    for (const { owner, template } of pods) {
      const own = policies.filter(({ spec }) => {
        const selector = spec.podSelector.matchLabels ?? {};
        return Object.keys(selector).length > 0 && matches(selector, template.metadata.labels);
      });
      expect(own.map(({ metadata }) => metadata.name)).toEqual([owner.metadata.name]);
    }
  });

  it('may go only where the other end lets it in, and the other way round', () => {
    const policies = allOf(environment, 'NetworkPolicy').filter(({ spec }) => spec.podSelector.matchLabels !== undefined);
    const edges = (direction: 'ingress' | 'egress', end: 'from' | 'to') =>
      policies.flatMap(({ spec }) =>
        (spec[direction] ?? []).flatMap((rule: Rendered) =>
          rule[end]
            .filter(({ podSelector, namespaceSelector }: Rendered) => podSelector !== undefined && namespaceSelector === undefined)
            .map(({ podSelector }: Rendered) => {
              const [own, other] = [spec.podSelector.matchLabels, podSelector.matchLabels].map((labels) => JSON.stringify(labels));
              const ports = rule.ports
                .map(({ port }: Rendered) => port)
                .filter((port: number) => port !== PROXY)
                .join(',');
              return direction === 'egress' ? `${own} -> ${other}:${ports}` : `${other} -> ${own}:${ports}`;
            }),
        ),
      );
    expect(edges('egress', 'to').sort()).toEqual(edges('ingress', 'from').sort());
    expect(edges('egress', 'to').length).toBeGreaterThan(10);
  });

  it('finds every Secret and ConfigMap that it mounts', () => {
    for (const { template } of pods) {
      for (const { secret, configMap } of template.spec.volumes ?? []) {
        if (secret !== undefined) expect(only(environment, 'ExternalSecret', secret.secretName).spec.target.name).toBe(secret.secretName);
        if (configMap !== undefined) only(environment, 'ConfigMap', configMap.name);
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
