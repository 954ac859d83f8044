import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMISSION_POLICIES_SINCE, RESTRICTED_PODS_POLICY, restrictedPodsPolicy } from '../../charts/namespaces/pod-policy';
import { collect, NamedChart } from '../../synth/collect';
import type { KubeObject } from '../../synth/object';
import type { Rendered } from '../workload/support';
import { type Applied, applier } from './harness/apply';
import { documentsOf } from './harness/documents';
import { startInjector } from './harness/injector';
import { createPod, ensureDefaultAccount, type PodObject, podsOf } from './harness/pods';
import { LINKERD } from './harness/proxy';
import { open, ownTargets, REPOSITORY, type TestCluster } from './harness/targets';
import { FORBIDDEN, HARMLESS, MESHED, pod, SECURE } from './pod-policy-cases';

// The policy for meshed namespaces on real API servers that serve it: what it takes, and that each rule refuses.

const POLICIES = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
const minorOf = (version: string) => Number(version.split('.')[1]);
const served = ownTargets().filter(({ name }) => minorOf(name) >= ADMISSION_POLICIES_SINCE);
const older = ownTargets().filter(({ name }) => minorOf(name) < ADMISSION_POLICIES_SINCE);

test.skipIf(older.length === 0)('an API server below 1.30 does not serve the policy', async () => {
  for (const target of older) {
    const { client, stop } = await open(target);
    const { status } = await client.request('GET', POLICIES);
    await stop();
    expect(status, target.name).toBe(404);
  }
});

describe.each(served)('Kubernetes $name', (target) => {
  let cluster: TestCluster;
  let policy: readonly Applied[];
  const said: string[] = [];

  const apply = async (file: string, text: string): Promise<readonly Applied[]> => {
    const applied = [];
    for (const document of documentsOf(file, text)) applied.push(await applier(cluster.client).apply(document, 'test', MESHED));
    return applied;
  };
  const create = (pod: PodObject, dryRun = true) => createPod(cluster.client, { namespace: pod.metadata.namespace, pod }, dryRun);

  beforeAll(async () => {
    cluster = await open(target);
    if (cluster.own === undefined) throw new Error('not a control plane of our own');
    for (const name of [MESHED, 'open']) {
      await apply(
        'test.yaml',
        `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  annotations:\n    linkerd.io/inject: enabled\n`,
      );
      await ensureDefaultAccount(cluster.client, name);
    }
    await startInjector(cluster.own, LINKERD[cluster.line]);
    // A pod that is older than the policy.
    expect((await create(pod({ name: 'older', container: { securityContext: { privileged: true } } }), false)).refusal).toBeUndefined();
    policy = await apply('policy.yaml', rendered());
    const refused = async () => (await create(pod({ spec: { hostPID: true } }))).refusal !== undefined;
    await cluster.own.processes.until('policy that is in force', refused, 20_000);
  });
  afterAll(() => cluster?.stop());

  test('is accepted as it is, without a warning, and nothing in its lists is filled in by the server', () => {
    expect(policy.map(({ refusal, warnings }) => ({ refusal, warnings }))).toEqual([
      { refusal: undefined, warnings: [] },
      { refusal: undefined, warnings: [] },
    ]);
    const [sent, got] = [policy.map(({ document }) => specOf(document.object)), policy.map(({ stored }) => specOf(stored))];
    const everything = { namespaceSelector: {}, objectSelector: {} };
    expect(got[0]).toEqual({ ...sent[0], matchConstraints: { ...everything, ...sent[0].matchConstraints } });
    expect(got[1]).toEqual({ ...sent[1], matchResources: { objectSelector: {}, ...sent[1].matchResources } });
  });

  test('has no expression that the type checker of the controller manager objects to, which does object to a wrong one', async () => {
    if (!('binaries' in target) || cluster.own === undefined) throw new Error('not a control plane of our own');
    const { processes, kubeconfig } = cluster.own;
    const wrong = rendered().replaceAll(RESTRICTED_PODS_POLICY, 'wrong').replaceAll('object.spec.?hostPID', 'object.spec.?hostPIT');
    await apply('wrong.yaml', documentsOf('wrong.yaml', wrong)[0]?.text ?? '');
    processes.start(join(target.binaries, 'kube-controller-manager'), [
      `--kubeconfig=${kubeconfig}`,
      '--controllers=validatingadmissionpolicy-status-controller',
      '--leader-elect=false',
      '--secure-port=0',
    ]);
    const status = async (name: string) => (await cluster.client.request('GET', `${POLICIES}/${name}`)).body.status;
    for (const name of [RESTRICTED_PODS_POLICY, 'wrong']) {
      await processes.until(`type check of ${name}`, async () => (await status(name))?.typeChecking !== undefined, 30_000);
    }
    expect((await status('wrong')).typeChecking.expressionWarnings).toHaveLength(1);
    expect((await status(RESTRICTED_PODS_POLICY)).typeChecking).toEqual({});
  });

  describe('admits', () => {
    test('a pod of every template of dist, with the proxy in it where the template wants it', async () => {
      const folder = join(REPOSITORY, 'dist/authorworks/production');
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
      const kinds = /(^|\/)(priorityclass|serviceaccount|deployment|statefulset|daemonset|job|cronjob)-[^/]*\.yaml$/;
      const applied: Applied[] = [];
      for (const file of files.filter((each) => kinds.test(each))) {
        const text = readFileSync(join(folder, file), 'utf8');
        const isHere = documentsOf(file, text).every(({ object }) => (object.metadata.namespace ?? MESHED) === MESHED);
        if (isHere) applied.push(...(await apply(file, text)));
      }
      expect(applied.flatMap(({ document, refusal }) => (refusal === undefined ? [] : `${document.source}: ${refusal}`))).toEqual([]);
      const pods = podsOf(applied).filter(({ namespace }) => namespace === MESHED);
      const answers = await Promise.all(pods.map(async ({ source, pod }) => ({ source, ...(await create(pod)) })));
      expect(answers.flatMap(({ source, refusal }) => (refusal === undefined ? [] : `${source}: ${refusal}`))).toEqual([]);
      const injected = answers.filter(({ stored }) => stored?.spec.initContainers?.some(({ name }) => name === 'linkerd-init'));
      expect(injected.length).toBeGreaterThan(5);
    });

    test.each(HARMLESS)('%s', async (_what, change) => {
      expect((await create(pod(change))).refusal).toBeUndefined();
    });

    test('everything in other namespaces', async () => {
      expect((await create(pod({ namespace: 'open', spec: { hostNetwork: true, hostPID: true } }))).refusal).toBeUndefined();
    });
  });

  test.each(FORBIDDEN)('refuses %s, and says why', async (_what, change, reason) => {
    const { status, refusal } = await create(pod(change));
    expect(refusal).toContain(`ValidatingAdmissionPolicy '${RESTRICTED_PODS_POLICY}'`);
    expect(refusal).toMatch(reason);
    expect(status).toBe(403);
    said.push(refusal ?? '');
  });

  test('has no rule that none of these broke', () => {
    const messages: readonly string[] = specOf(policy[0]?.document.object).validations.map(({ message }: Rendered) => message);
    expect(messages.filter((message) => !said.some((refusal) => refusal.endsWith(message)))).toEqual([]);
  });

  test("agrees with the server's own `restricted` on all of these, but for Linkerd's init container", async () => {
    const namespace = 'restricted';
    const label = 'pod-security.kubernetes.io/enforce: restricted';
    await apply('test.yaml', `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n  labels:\n    ${label}\n`);
    await ensureDefaultAccount(cluster.client, namespace);
    const admitted: string[] = [];
    for (const [what, change] of [...HARMLESS, ...FORBIDDEN]) {
      const { refusal } = await create(pod({ ...change, namespace }));
      if (refusal === undefined) admitted.push(what);
      else expect(refusal).toMatch(/violates PodSecurity "restricted:latest"/);
    }
    expect(admitted).toEqual(HARMLESS.map(([what]) => what).filter((what) => !what.includes('Linkerd')));
  });

  describe('an ephemeral container', () => {
    const debug = async (securityContext: object) => {
      const created = await create(pod({ name: `debugged-${Object.keys(securityContext).length}` }), false);
      expect(created.refusal).toBeUndefined();
      const ephemeral = { name: 'debug', image: 'test', terminationMessagePolicy: 'File', imagePullPolicy: 'Always', securityContext };
      const { name } = (created.stored as unknown as PodObject & { metadata: { name: string } }).metadata;
      return cluster.client.request('PATCH', `/api/v1/namespaces/${MESHED}/pods/${name}/ephemeralcontainers`, {
        body: JSON.stringify({ spec: { ephemeralContainers: [ephemeral] } }),
        contentType: 'application/strategic-merge-patch+json',
      });
    };

    test('is held to the same', async () => {
      expect((await debug({ ...SECURE, privileged: false, runAsUser: 0 })).body.message).toMatch(/runAsUser is 0/);
      expect((await debug(SECURE)).status).toBe(200);
    });
  });

  describe('a pod that is older than the policy', () => {
    const patch = (...body: readonly object[]) =>
      cluster.client.request('PATCH', `/api/v1/namespaces/${MESHED}/pods/older`, {
        body: JSON.stringify(body),
        contentType: 'application/json-patch+json',
      });

    test('can be labelled and released, so that its controller can go on', async () => {
      expect((await patch({ op: 'add', path: '/metadata/finalizers', value: ['example.com/wait'] })).status).toBe(200);
      expect((await patch({ op: 'remove', path: '/metadata/finalizers' })).status).toBe(200);
    });

    test('gets no other image', async () => {
      expect((await patch({ op: 'replace', path: '/spec/containers/1/image', value: 'other' })).body.message).toMatch(/privileged/);
    });
  });
});

const specOf = (object: KubeObject | undefined) => (object as Rendered).spec;

/** The policy and its binding as they are rendered; JSON is YAML. */
function rendered(): string {
  const chart = new NamedChart(new App(), 'namespaces');
  restrictedPodsPolicy(chart, [MESHED], { team: 'platform' });
  return collect(chart)
    .map(({ object }) => JSON.stringify(object, null, 2))
    .join('\n---\n');
}
