import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Applied, applier } from './harness/apply';
import { documentsOf } from './harness/documents';
import { startInjector } from './harness/injector';
import { createPod, ensureDefaultAccount, podsOf } from './harness/pods';
import { LINKERD } from './harness/proxy';
import { enforceQuotas } from './harness/quotas';
import { applyAgain } from './harness/sync';
import { open, ownTargets, type TestCluster } from './harness/targets';

// The judge itself: that each assertion of dist.test.ts can fail. One server per line, no definitions, no dist.

describe.each(ownTargets())('Kubernetes $name', (target) => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await open(target);
    await ensureDefaultAccount(cluster.client, 'default');
  });
  afterAll(() => cluster?.stop());

  const apply = (text: string, namespace = 'default'): Promise<Applied> => {
    const [document] = documentsOf('test.yaml', text);
    if (document === undefined) throw new Error('no document');
    return applier(cluster.client).apply(document, 'test', namespace);
  };

  describe('refuses', () => {
    const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: test\n';
    test.each([
      ['an unknown field', `${CONFIG_MAP}datum: {}\n`, /field not declared in schema|unknown field/],
      ['a duplicate key', `${CONFIG_MAP}data:\n  a: one\n  a: two\n`, /key "a" already set|already set in map/],
      ['a number in a ConfigMap', `${CONFIG_MAP}data:\n  a: 1\n`, /expected string|cannot unmarshal number/],
      [
        'a kind that is not served',
        'apiVersion: autoscaling.k8s.io/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: test\n',
        /does not serve/,
      ],
    ])('%s', async (_what, text, reason) => {
      expect((await apply(text)).refusal).toMatch(reason);
    });
  });

  test('passes warnings on', async () => {
    await apply('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: warned\n  labels:\n    pod-security.kubernetes.io/warn: restricted\n');
    const { refusal, warnings } = await apply(deployment('loose'), 'warned');
    expect(refusal).toBeUndefined();
    expect(warnings.join()).toMatch(/would violate PodSecurity "restricted:latest"/);
  });

  test('sees what a second apply writes again', async () => {
    const text =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: again\nspec:\n  podSelector: {}\n  ingress: []\n';
    const first = [await apply(text), await apply('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: same\ndata:\n  a: b\n')];
    expect(await applyAgain(cluster.client, first, { cluster: '', problems: [], stages: [] })).toEqual([
      'test.yaml: written again as a new generation',
    ]);
  });

  test('does not leave a webhook without backend behind', async () => {
    const { dryRun, refusal } = await apply(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: test\nwebhooks: []\n',
    );
    expect({ dryRun, refusal }).toEqual({ dryRun: true, refusal: undefined });
    const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/test';
    expect((await cluster.client.request('GET', path)).status).toBe(404);
  });

  describe('injection', () => {
    test('adds the proxy where the namespace says so and the template does not object; a quota counts it', async () => {
      if (cluster.own === undefined) throw new Error('not a control plane of our own');
      await apply('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: meshed\n  annotations:\n    linkerd.io/inject: enabled\n');
      await apply('apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: small\nspec:\n  hard:\n    requests.cpu: 150m\n', 'meshed');
      await ensureDefaultAccount(cluster.client, 'meshed');
      await enforceQuotas(cluster.client);
      const [meshed, out] = podsOf([await apply(deployment('meshed'), 'meshed'), await apply(deployment('out', 'disabled'), 'meshed')]);
      const injector = await startInjector(cluster.own, LINKERD[cluster.line]);
      const create = (pod = meshed) => {
        if (pod === undefined) throw new Error('no template');
        return createPod(cluster.client, pod);
      };
      // The application asks for 10m, the proxy for 100m: one pod of both fits into the quota, and after it one without proxy.
      const first = await create();
      expect(first.refusal).toBeUndefined();
      expect(first.stored?.spec.containers.map(({ name }) => name)).toEqual(['linkerd-proxy', 'test']);
      expect(first.stored?.spec.initContainers?.map(({ name }) => name)).toEqual(['linkerd-init']);
      expect((await create()).refusal).toMatch(/exceeded quota: small, requested: requests.cpu=110m/);
      expect((await create(out)).stored?.spec.containers).toHaveLength(1);
      await injector.stop();
      expect((await create()).stored?.spec.containers).toHaveLength(1);
    });
  });
});

function deployment(name: string, inject?: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
      annotations: ${inject === undefined ? '{}' : `{ linkerd.io/inject: ${inject} }`}
    spec:
      containers:
        - name: test
          image: test
          resources:
            requests:
              cpu: 10m
`;
}
