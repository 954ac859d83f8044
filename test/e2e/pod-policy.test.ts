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
import { createPod, ensureDefaultAccount, type Named, type PodObject, podsOf } from './harness/pods';
import { LINKERD, withProxy } from './harness/proxy';
import { open, ownTargets, REPOSITORY, type TestCluster } from './harness/targets';

// The policy for meshed namespaces on real API servers that serve it: what it takes, and that each rule refuses.

const MESHED = 'authorworks';
const POLICIES = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
const minorOf = (version: string) => Number(version.split('.')[1]);
const served = ownTargets().filter(({ name }) => minorOf(name) >= ADMISSION_POLICIES_SINCE);
const older = ownTargets().filter(({ name }) => minorOf(name) < ADMISSION_POLICIES_SINCE);

/** How a pod differs from one that `restricted` admits. */
interface Change {
  readonly namespace?: string;
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Merged into the security context of the pod. */
  readonly security?: object;
  /** Replaces fields of the container. */
  readonly container?: Readonly<Record<string, unknown>>;
}

/** What `restricted` wants of a container. */
const SECURE = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** A pod that `restricted` admits, but for the change. */
function pod({ namespace = MESHED, name, annotations, spec, security, container }: Change): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'test-', ...(name === undefined ? {} : { name }), namespace, annotations },
    spec: {
      ...({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...security } } as object),
      containers: [{ name: 'test', image: 'test', securityContext: SECURE, ...container }],
      ...spec,
    },
  };
}

/** A change of the container's security context. */
const secured = (fields: object): Change => ({ container: { securityContext: { ...SECURE, ...fields } } });
const ALONE = { 'linkerd.io/inject': 'disabled' };
const MESH = withProxy({ metadata: { generateName: '', namespace: MESHED }, spec: { containers: [] } }, undefined, LINKERD['1.34']);
const [MESH_INIT, PROXY] = [MESH.initContainers[0], MESH.containers[0]] as [Named & { readonly securityContext: object }, Named];
/** A pod with these init containers, instead of the injected one. */
const initialised = (...initContainers: readonly Named[]): Change => ({
  annotations: ALONE,
  spec: { initContainers, volumes: MESH.volumes },
});
/** A change of the security context of Linkerd's init container. */
const meshInit = (fields: object): Change => initialised({ ...MESH_INIT, securityContext: { ...MESH_INIT.securityContext, ...fields } });
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/test';

const HUNDRED = Array.from({ length: 100 }, (_, index) => `n${index}`);
const LARGE: Change = {
  spec: {
    containers: HUNDRED.map((name) => ({
      name,
      image: name,
      ports: HUNDRED.map((_, index) => ({ containerPort: index + 1 })),
      securityContext: SECURE,
    })),
    volumes: HUNDRED.map((name) => ({ name, secret: { secretName: name } })),
  },
};

const HARMLESS: readonly (readonly [what: string, change: Change])[] = [
  ['a pod that says no more than it must', {}],
  [
    'a seccomp profile and a user per container',
    {
      spec: { securityContext: {} },
      ...secured({ runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }),
      annotations: ALONE,
    },
  ],
  [
    'no security context of the pod at all',
    {
      spec: { securityContext: undefined },
      ...secured({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }),
    },
  ],
  ['NET_BIND_SERVICE', secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })],
  ['defaults that are said', secured({ privileged: false, procMount: 'Default' })],
  [
    'profiles of AppArmor',
    { ...secured({ appArmorProfile: { type: 'RuntimeDefault' } }), annotations: { [APP_ARMOR]: 'runtime/default' } },
  ],
  ['types of SELinux for containers', { security: { seLinuxOptions: { type: 'container_t', level: 's0:c1,c2' } } }],
  ['safe sysctls', { security: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] } }],
  [
    'volumes of its own',
    {
      spec: {
        volumes: [
          { name: 'a', configMap: { name: 'a' } },
          { name: 'b', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true } },
          { name: 'c', downwardAPI: { items: [] } },
          { name: 'd', emptyDir: {} },
          { name: 'e', persistentVolumeClaim: { claimName: 'e' } },
          { name: 'f', projected: { sources: [] } },
          { name: 'g', secret: { secretName: 'g' } },
          {
            name: 'h',
            ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } },
          },
        ],
      },
    },
  ],
  [
    'ports and probes of its own',
    {
      container: { ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { path: '/', port: 80 } }, securityContext: SECURE },
    },
  ],
  ["the proxy as a native sidecar, after Linkerd's init container", initialised(MESH_INIT, { ...PROXY, restartPolicy: 'Always' })],
  ['a pod so large that the rules take long', LARGE],
];

const HOST_PROCESS = { windowsOptions: { hostProcess: true } };
const FORBIDDEN: readonly (readonly [what: string, change: Change, reason: RegExp])[] = [
  ['hostNetwork', { spec: { hostNetwork: true } }, /remove them/],
  ['hostPID', { spec: { hostPID: true } }, /hostNetwork, hostPID and hostIPC/],
  ['hostIPC', { spec: { hostIPC: true } }, /hostNetwork, hostPID and hostIPC/],
  ['a process of a Windows host', { security: HOST_PROCESS, spec: { hostNetwork: true } }, /hostProcess/],
  ['a container that is one', { spec: { hostNetwork: true }, ...secured(HOST_PROCESS) }, /hostProcess/],
  [
    'a privileged container',
    { container: { securityContext: { ...SECURE, allowPrivilegeEscalation: undefined, privileged: true } } },
    /securityContext.privileged/,
  ],
  [
    'an escalation that is not ruled out',
    { container: { securityContext: { capabilities: { drop: ['ALL'] } } } },
    /allowPrivilegeEscalation/,
  ],
  ['an escalation', secured({ allowPrivilegeEscalation: true }), /allowPrivilegeEscalation/],
  ['a container without security context', { container: { securityContext: undefined } }, /allowPrivilegeEscalation/],
  ['capabilities that are kept', secured({ capabilities: undefined }), /capabilities.drop/],
  ['capabilities of which some are dropped', secured({ capabilities: { drop: ['NET_RAW'] } }), /capabilities.drop/],
  ['another capability', secured({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] } }), /capabilities.add/],
  ['no word on root', { security: { runAsNonRoot: undefined } }, /runAsNonRoot/],
  ['a pod that may be root', { security: { runAsNonRoot: false }, ...secured({ runAsNonRoot: true }) }, /runAsNonRoot/],
  ['a container that may be root', secured({ runAsNonRoot: false }), /runAsNonRoot/],
  ['user 0 of the pod', { security: { runAsUser: 0 } }, /runAsUser is 0/],
  ['user 0 of a container', secured({ runAsUser: 0 }), /runAsUser is 0/],
  ['no seccomp profile', { security: { seccompProfile: undefined } }, /seccomp/],
  [
    'a pod without seccomp',
    { security: { seccompProfile: { type: 'Unconfined' } }, ...secured({ seccompProfile: { type: 'RuntimeDefault' } }) },
    /seccomp/,
  ],
  ['a container without seccomp', secured({ seccompProfile: { type: 'Unconfined' } }), /seccomp/],
  ['a hostPath', { spec: { volumes: [{ name: 'a', hostPath: { path: '/tmp' } }] } }, /A volume .*hostPath/],
  [
    'an NFS volume',
    {
      spec: {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', nfs: { server: 'a', path: '/' } },
        ],
      },
    },
    /A volume/,
  ],
  [
    'a port of the node',
    { container: { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }], securityContext: SECURE } },
    /hostPort/,
  ],
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => [
    [
      `a ${name} over HTTP of another host`,
      { container: { [name]: { httpGet: { port: 80, host: '169.254.169.254' } }, securityContext: SECURE } },
      /host, which/,
    ] as const,
    [
      `a ${name} over TCP of another host`,
      { container: { [name]: { tcpSocket: { port: 80, host: '169.254.169.254' } }, securityContext: SECURE } },
      /host, which/,
    ] as const,
  ]),
  ...['postStart', 'preStop'].flatMap((name) => [
    [
      `a ${name} over HTTP of another host`,
      { container: { lifecycle: { [name]: { httpGet: { port: 80, host: '10.0.0.1' } } }, securityContext: SECURE } },
      /host, which/,
    ] as const,
    [
      `a ${name} over TCP of another host`,
      { container: { lifecycle: { [name]: { tcpSocket: { port: 80, host: '10.0.0.1' } } }, securityContext: SECURE } },
      /host, which/,
    ] as const,
  ]),
  ["the node's /proc", { spec: { hostUsers: false }, ...secured({ procMount: 'Unmasked' }) }, /procMount/],
  ['an unsafe sysctl', { security: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }, /sysctls/],
  ['a pod without AppArmor', { security: { appArmorProfile: { type: 'Unconfined' } } }, /AppArmor/],
  ['a container without AppArmor', secured({ appArmorProfile: { type: 'Unconfined' } }), /AppArmor/],
  ['a container without AppArmor, by annotation', { annotations: { [APP_ARMOR]: 'unconfined' } }, /AppArmor/],
  ['a type of SELinux for the host', { security: { seLinuxOptions: { type: 'spc_t' } } }, /seLinuxOptions/],
  ['a user of SELinux', secured({ seLinuxOptions: { user: 'a' } }), /seLinuxOptions/],
  ['a role of SELinux', secured({ seLinuxOptions: { role: 'a' } }), /seLinuxOptions/],
  [
    'an init container with a rule broken',
    { spec: { initContainers: [{ name: 'init', image: 'a', securityContext: { ...SECURE, runAsUser: 0 } }] } },
    /runAsUser is 0/,
  ],
  ["another init container with the mesh's capabilities", initialised({ ...MESH_INIT, name: 'init' }), /linkerd-init/],
  [
    "a container that is called as the mesh's init container",
    {
      container: { name: 'linkerd-init', securityContext: { ...SECURE, capabilities: { add: ['NET_ADMIN'] } } },
      annotations: ALONE,
    },
    /capabilities.drop/,
  ],
  ['a linkerd-init that asks for SYS_ADMIN', meshInit({ capabilities: { add: ['NET_ADMIN', 'NET_RAW', 'SYS_ADMIN'] } }), /capabilities/],
  [
    'a linkerd-init that asks for it and drops the rest',
    meshInit({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'SYS_ADMIN'] } }),
    /NET_ADMIN and NET_RAW, and nothing else/,
  ],
  ['a linkerd-init that is privileged', meshInit({ privileged: true, allowPrivilegeEscalation: true }), /securityContext.privileged/],
  ['a linkerd-init that is root', meshInit({ runAsNonRoot: false, runAsUser: 0 }), /runAsNonRoot/],
  ['a linkerd-init that goes on running', initialised({ ...MESH_INIT, restartPolicy: 'Always' }), /capabilities.drop/],
];

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
      for (const file of files.filter((each) => kinds.test(each) && !each.includes('external-secrets'))) {
        applied.push(...(await apply(file, readFileSync(join(folder, file), 'utf8'))));
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
