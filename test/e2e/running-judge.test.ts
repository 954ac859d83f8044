import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NodeGroup } from '../../checks/facts';
import { applier } from './harness/apply';
import { missingControllers } from './harness/controllers';
import { runCronJobs } from './harness/cron';
import { documentsOf } from './harness/documents';
import { warningEvents } from './harness/events';
import { unhealthy } from './harness/health';
import { deafServices, missedNodes, rigidBudgets, stuckPods } from './harness/judgement';
import { type RunningCluster, startRunning } from './harness/running';
import { makeSecrets } from './harness/secrets';
import { settle } from './harness/settle';
import { open, ownTargets, type TestCluster } from './harness/targets';

// The judge itself: that each assertion of running.test.ts can fail, and that what is good passes. One server per line; each case is a
// namespace, and all of them are applied at once.

const ZONE = 'us-east-1a';
const allocatable = { cpu: '2', memory: '4Gi', pods: 40, ephemeralStorage: '20Gi' };
const group = (name: string, max: number): NodeGroup => ({
  name,
  labels: { pool: name },
  taints: [{ key: 'pool', value: name, effect: 'NoSchedule' }],
  allocatable,
  size: { min: 1, max },
  zones: [ZONE],
  spot: false,
});
const GROUND = { nodeGroups: [group('plenty', 9), group('small', 2), group('grows', 2)], subnets: { [ZONE]: '10.16.32.0/24' } };

/** Namespace to what stands in it; `%` is the name of the namespace, `@` a percent sign. */
const CASES: Readonly<Record<string, string>> = {
  good: `${deployment()}---\n${service('web')}---\n${autoscaler()}---\n${budget('maxUnavailable: 1')}`,
  grown: deployment({ replicas: 3, pool: 'grows', requests: 'cpu: 1' }),
  claimed: statefulSet('fast'),
  synced: `${externalSecret()}---\n${deployment({ pod: secretVolume('%') })}`,
  ended: job(),
  everywhere: daemonSet('operator: Exists'),
  'too-many': deployment({ replicas: 5, pool: 'small', requests: 'cpu: 1' }),
  'no-secret': deployment({ pod: secretVolume('missing') }),
  'no-key': `${externalSecret()}---\n${deployment({ container: 'env: [{ name: A, valueFrom: { secretKeyRef: { name: "%", key: other } } }]' })}`,
  'no-class': statefulSet('unknown'),
  'no-account': deployment({ pod: 'serviceAccountName: missing' }),
  'no-quota': `${quota('100m')}---\n${deployment({ requests: 'cpu: 200m' })}`,
  'no-request': `${deployment({ requests: 'memory: 1Mi' })}---\n${autoscaler()}`,
  'no-port': `${deployment()}---\n${service('webb')}`,
  'no-probe-port': deployment({ container: 'readinessProbe: { httpGet: { path: /, port: webb } }' }),
  'not-everywhere': daemonSet('key: pool, value: plenty'),
  rigid: `${deployment({ replicas: 2 })}---\n${budget('minAvailable: 100@')}`,
  'proxied-job': job('linkerd.io/inject: enabled'),
  'proxied-cron': cronJob('linkerd.io/inject: enabled'),
};

if (ownTargets().length === 0) test.skip('needs a control plane of our own', () => {});

describe.each(ownTargets())('Kubernetes $name', ({ binaries, ...target }) => {
  describe.skipIf(missingControllers(binaries).length > 0)('with controllers', () => {
    let cluster: TestCluster;
    let running: RunningCluster;
    const found: Record<'health' | 'pods' | 'agents' | 'services' | 'budgets' | 'events', readonly string[]> = {
      health: [],
      pods: [],
      agents: [],
      services: [],
      budgets: [],
      events: [],
    };

    beforeAll(async () => {
      cluster = await open({ ...target, binaries });
      if (cluster.own === undefined) throw new Error('not a control plane of our own');
      const { client } = cluster;
      running = await startRunning(cluster.own, binaries, cluster.line, GROUND);
      await running.serveMetrics();
      await apply(cluster, STORAGE_CLASS, 'default');
      for (const [name, text] of Object.entries(CASES)) await apply(cluster, `${namespace(name)}---\n${text}`, name);
      if (hasSidecars(cluster)) {
        await apply(cluster, `${namespace('sidecar')}---\n${job(SIDECAR)}`, 'sidecar');
      }
      expect(await runCronJobs(client)).toEqual([]);
      // What is wrong stays wrong: so wait until nothing of the good is left among the findings, then until every wrong case has its event.
      const isGood = (text: string) => GOOD.some((name) => text.includes(` ${name}/`));
      expect(await settle(async () => (await unhealthy(client)).filter(isGood), 30_000)).toEqual([]);
      await settle(async () => {
        const events = await warningEvents(client, running.autoscaler.isAnswered);
        return EVENTS.filter(([name, reason]) => !of(events, name).some((text) => text.startsWith(reason))).map(([name]) => name);
      });
      found.health = await unhealthy(client);
      found.pods = await stuckPods(client);
      found.agents = await missedNodes(client);
      found.services = await deafServices(client);
      found.budgets = await rigidBudgets(client);
      found.events = await warningEvents(client, running.autoscaler.isAnswered);
    });
    afterAll(async () => {
      await running?.stop();
      await cluster?.stop();
    });

    test('nothing is said of what is good', () => {
      const said = Object.values(found).flat();
      expect(GOOD.flatMap((name) => of(said, name))).toEqual([]);
      expect(running.nodes.count(group('grows', 2))).toBe(2);
    });

    test.each<[string, keyof typeof found, RegExp]>([
      ['too-many', 'health', /^Deployment too-many\/too-many: .*available/],
      ['too-many', 'pods', /Pending: .*Insufficient cpu/],
      ['too-many', 'events', /^FailedScheduling of Pod .*Insufficient cpu/],
      ['no-secret', 'pods', /volume x: Secret missing does not exist/],
      ['no-secret', 'events', /^FailedMount/],
      ['no-key', 'pods', /environment of container app: Secret no-key has no key other; it has password/],
      ['no-class', 'pods', /Pending: .*unbound immediate PersistentVolumeClaims|Pending: .*persistentvolumeclaim/i],
      ['no-class', 'health', /^PersistentVolumeClaim .*: Pending/],
      ['no-account', 'events', /^FailedCreate of ReplicaSet .*serviceaccount "missing" not found/],
      ['no-quota', 'events', /^FailedCreate of ReplicaSet .*exceeded quota/],
      ['no-request', 'health', /^HorizontalPodAutoscaler .*ScalingActive is False: .*missing request for cpu in container app/],
      ['no-port', 'services', /^Service no-port\/no-port: port web \(to webb\) has no ready endpoint/],
      ['no-probe-port', 'events', /^Unhealthy of Pod .*readinessProbe asks port webb/],
      ['no-probe-port', 'health', /^Deployment .*0 of 1 available/],
      ['not-everywhere', 'agents', /^DaemonSet not-everywhere\/not-everywhere runs on \d of \d+ nodes/],
      ['rigid', 'budgets', /^PodDisruptionBudget rigid\/rigid allows no disruption: 2 of 2 pods are healthy, 2 have to be/],
      ['proxied-job', 'health', /^Job proxied-job\/proxied-job: not complete/],
      ['proxied-job', 'pods', /Running: container linkerd-proxy still runs/],
      ['proxied-cron', 'health', /^Job proxied-cron\/proxied-cron-now: not complete/],
    ])('%s is found in %s', (name, where, text) => {
      expect(of(found[where], name).join('\n')).toMatch(new RegExp(text.source, `${text.flags}m`));
    });

    test('a Job ends whose proxy is a native sidecar', ({ skip }) => {
      if (!hasSidecars(cluster)) return skip('Kubernetes has native sidecars from 1.29');
      expect(of(Object.values(found).flat(), 'sidecar')).toEqual([]);
    });
  });
});

const GOOD = ['good', 'grown', 'claimed', 'synced', 'ended', 'everywhere', 'sidecar'];

/** What is waited for, as it takes the longest. */
const EVENTS: readonly (readonly [string, string])[] = [
  ['too-many', 'FailedScheduling'],
  ['no-secret', 'FailedMount'],
  ['no-key', 'FailedMount'],
  ['no-account', 'FailedCreate'],
  ['no-quota', 'FailedCreate'],
  ['no-probe-port', 'Unhealthy'],
];

const SIDECAR = 'linkerd.io/inject: enabled, config.alpha.linkerd.io/proxy-enable-native-sidecar: "true"';

const hasSidecars = ({ line }: TestCluster) => line !== '1.28';

/** Those of a namespace. */
const of = (texts: readonly string[], name: string) => texts.filter((text) => text.includes(` ${name}/`));

async function apply({ client }: TestCluster, text: string, name: string): Promise<void> {
  const documents = documentsOf('case.yaml', text.replaceAll('%', name).replaceAll('@', '%'));
  // External Secrets has no definitions here: its stand-in needs none.
  const isExternal = ({ object }: (typeof documents)[number]) => object.kind === 'ExternalSecret';
  const to = applier(client);
  for (const document of documents.filter((each) => !isExternal(each))) {
    const { refusal } = await to.apply(document, 'test', name);
    if (refusal !== undefined) throw new Error(`${name}: ${refusal}`);
  }
  await makeSecrets(
    client,
    documents.filter(isExternal).map(({ object }) => ({ ...object, metadata: { ...object.metadata, namespace: name } })),
  );
}

function namespace(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
}

interface Pods {
  readonly replicas?: number;
  readonly pool?: string;
  readonly requests?: string;
  readonly pod?: string;
  readonly container?: string;
}

function template(annotations: string, { pool = 'plenty', requests = 'cpu: 10m', pod = '', container = '' }: Pods): string {
  return `    metadata:
      labels: { app: "%" }
      annotations: { ${annotations} }
    spec:
      ${pod}
      nodeSelector: { pool: ${pool} }
      tolerations: [{ key: pool, operator: Exists }]
      containers:
        - name: app
          image: app
          ports: [{ name: web, containerPort: 8080 }]
          resources: { requests: { ${requests} } }
          ${container}
`;
}

function deployment(pods: Pods = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: "%" }
spec:
  replicas: ${pods.replicas ?? 1}
  selector: { matchLabels: { app: "%" } }
  template:
${template('', pods)}`;
}

function statefulSet(storageClass: string): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: "%" }
spec:
  serviceName: "%"
  selector: { matchLabels: { app: "%" } }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], storageClassName: ${storageClass}, resources: { requests: { storage: 1Gi } } }
  template:
${template('', { container: 'volumeMounts: [{ name: data, mountPath: /data }]' })}`;
}

function daemonSet(toleration: string): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: "%" }
spec:
  selector: { matchLabels: { app: "%" } }
  template:
    metadata: { labels: { app: "%" } }
    spec: { tolerations: [{ ${toleration} }], containers: [{ name: app, image: app }] }
`;
}

function job(annotations = ''): string {
  return `apiVersion: batch/v1
kind: Job
metadata: { name: "%" }
spec:
  template:
${template(annotations, { pod: 'restartPolicy: Never' })}`;
}

function cronJob(annotations: string): string {
  const lines = job(annotations).split('spec:\n  template:\n')[1] ?? '';
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: "%" }
spec:
  schedule: 0 0 1 1 *
  jobTemplate:
    spec:
      template:
${lines.replace(/^/gm, '    ').trimEnd()}
`;
}

function service(targetPort: string): string {
  return `apiVersion: v1
kind: Service
metadata: { name: "%" }
spec:
  selector: { app: "%" }
  ports: [{ name: web, port: 80, targetPort: ${targetPort} }]
`;
}

function autoscaler(): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: "%" }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: "%" }
  minReplicas: 2
  maxReplicas: 3
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;
}

function budget(rule: string): string {
  return `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: "%" }\nspec:\n  ${rule}\n  selector: { matchLabels: { app: "%" } }\n`;
}

function quota(cpu: string): string {
  return `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: "%" }\nspec: { hard: { requests.cpu: ${cpu} } }\n`;
}

function secretVolume(secretName: string): string {
  return `volumes: [{ name: x, secret: { secretName: "${secretName}", items: [{ key: password, path: p }] } }]`;
}

function externalSecret(): string {
  return 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: "%" }\nspec: { data: [{ secretKey: password }] }\n';
}

const STORAGE_CLASS =
  'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: ebs.csi.aws.com\nvolumeBindingMode: WaitForFirstConsumer\n';
