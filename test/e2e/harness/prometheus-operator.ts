import type { KubeObject } from '../../../synth/object';
import type { Client } from './client';
import { lacks } from './health';
import type { Container, LivePodSpec, Volume } from './live-pod';

/** What the operator reads of a Prometheus or an Alertmanager, as far as it shows in pods. */
interface InstanceSpec extends Readonly<Partial<Record<(typeof OF_POD)[number], unknown>>> {
  readonly replicas?: number;
  readonly image?: string;
  readonly podMetadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly resources?: object;
  readonly configSecret?: string;
  readonly secrets?: readonly string[];
  readonly configMaps?: readonly string[];
  readonly volumes?: readonly Volume[];
  readonly storage?: { readonly volumeClaimTemplate?: { readonly metadata?: { readonly name?: string }; readonly spec?: object } };
  readonly thanos?: { readonly image?: string; readonly resources?: object };
}

type Labels = Readonly<Record<string, string>>;

/** Fields that go into the pod's spec as they are. */
const OF_POD = [
  'affinity',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'imagePullSecrets',
  'nodeSelector',
  'priorityClassName',
  'securityContext',
  'serviceAccountName',
  'tolerations',
  'topologySpreadConstraints',
] as const;

/** Plays the Prometheus operator. */
export interface PrometheusOperator {
  /** Makes the pods of what it can by now: new instances, and those that waited. */
  see(stored: readonly KubeObject[]): Promise<void>;
  /** Instances without all their pods, with what they wait for. */
  waiting(): readonly string[];
}

/** Where the operator runs. */
const HOME = '/apis/apps/v1/namespaces/monitoring/deployments/prometheus-operator';

/** Makes the StatefulSet of each Prometheus and Alertmanager, and the Service that governs it, once the real Deployment has a ready pod. */
export function prometheusOperator(client: Client): PrometheusOperator {
  const waiting = new Map<KubeObject, string>();

  /** Why an instance does not run. */
  const bring = async (instance: KubeObject): Promise<string | undefined> => {
    const { name, namespace = 'default' } = instance.metadata;
    const { status, body: operator } = await client.request('GET', HOME);
    if (status !== 200 || (operator.status?.availableReplicas ?? 0) === 0) return 'the Prometheus operator does not run';
    if (instance.kind === 'Alertmanager') {
      const config = (instance.spec as InstanceSpec).configSecret ?? `alertmanager-${name}`;
      const { body } = await client.request('GET', `/api/v1/namespaces/${namespace}/secrets/${config}`);
      if (!Object.hasOwn(body.data ?? {}, 'alertmanager.yaml')) return `Secret ${namespace}/${config} has no key alertmanager.yaml`;
    }
    const { args = [] } = operator.spec.template.spec.containers[0];
    const { service, statefulSet } = madeOf(instance, args);
    const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets`;
    for (const [collection, object] of [[`/api/v1/namespaces/${namespace}/services`, service] as const, [path, statefulSet] as const]) {
      const answer = await client.request('POST', collection, { body: JSON.stringify(object) });
      // It is there already: from the last look, or for another instance.
      if (answer.status !== 201 && answer.status !== 409) return answer.body.message;
    }
    const { body } = await client.request('GET', `${path}/${statefulSet.metadata.name}`);
    return lacks({ ...body, kind: 'StatefulSet' });
  };

  return {
    async see(stored) {
      for (const object of stored.filter(isInstance)) waiting.set(object, 'not looked at yet');
      for (const instance of waiting.keys()) {
        const reason = await bring(instance);
        if (reason === undefined) waiting.delete(instance);
        else waiting.set(instance, reason);
      }
    },
    waiting: () => [...waiting].map(([{ kind, metadata }, reason]) => `${kind} ${metadata.namespace}/${metadata.name}: ${reason}`),
  };
}

function isInstance({ apiVersion, kind }: KubeObject): boolean {
  return apiVersion.startsWith('monitoring.coreos.com/') && (kind === 'Prometheus' || kind === 'Alertmanager');
}

/** What differs between the two programs. */
const PROGRAMS = {
  Prometheus: {
    ports: [{ name: 'web', containerPort: 9090 }],
    served: [{ name: 'web', port: 9090, targetPort: 'web' }],
  },
  Alertmanager: {
    ports: [
      { name: 'web', containerPort: 9093 },
      { name: 'mesh-tcp', containerPort: 9094 },
      { name: 'mesh-udp', containerPort: 9094, protocol: 'UDP' },
    ],
    served: [
      { name: 'web', port: 9093, targetPort: 'web' },
      { name: 'tcp-mesh', port: 9094, targetPort: 9094 },
      { name: 'udp-mesh', port: 9094, targetPort: 9094, protocol: 'UDP' },
    ],
  },
};

/**
 * The StatefulSet of an instance and its governing Service, as the operator makes them: their names, labels, ports and what they request.
 * Left out is what the operator makes for itself: its configuration, and the volumes that hold it.
 * @param args those of the operator, which say what its reloader beside each program requests
 */
export function madeOf(instance: KubeObject, args: readonly string[]) {
  const program = instance.kind.toLowerCase();
  const { ports, served } = PROGRAMS[instance.kind as keyof typeof PROGRAMS];
  const spec = instance.spec as InstanceSpec;
  const { thanos, storage, volumes = [], podMetadata } = spec;
  const name = `${program}-${instance.metadata.name}`;
  const own: Labels = {
    'app.kubernetes.io/instance': instance.metadata.name,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/name': program,
    [program]: instance.metadata.name,
  };
  const reloader = (suffix: string, port: { readonly name: string; readonly containerPort: number }) => ({
    name: `${suffix === 'init' ? 'init-' : ''}config-reloader`,
    image: flag(args, 'prometheus-config-reloader') ?? 'config-reloader',
    ports: [port],
    resources: reloaderResources(args),
    securityContext: HARDENED,
  });
  const web = { httpGet: { path: '/-/ready', port: 'web' } };
  const containers: readonly (Container & { readonly securityContext: object })[] = [
    { name: program, image: spec.image, ports, readinessProbe: web, resources: spec.resources, securityContext: HARDENED },
    reloader('', { name: 'reloader-web', containerPort: 8080 }),
    ...(thanos === undefined
      ? []
      : [{ name: 'thanos-sidecar', image: thanos.image, ports: THANOS_PORTS, resources: thanos.resources, securityContext: HARDENED }]),
  ];
  const podSpec: Omit<LivePodSpec, 'imagePullSecrets'> = {
    ...Object.fromEntries(OF_POD.map((field) => [field, spec[field]])),
    initContainers: [reloader('init', { name: 'reloader-init', containerPort: 8081 })],
    containers,
    volumes: [
      ...volumes,
      ...(spec.secrets ?? []).map((secretName) => ({ name: `secret-${secretName}`, secret: { secretName } })),
      ...(spec.configMaps ?? []).map((configMap) => ({ name: `configmap-${configMap}`, configMap: { name: configMap } })),
    ],
  };
  const { metadata: claim, spec: claimSpec } = storage?.volumeClaimTemplate ?? {};
  const claims = claimSpec === undefined ? [] : [{ metadata: { name: claim?.name ?? `${name}-db` }, spec: claimSpec }];
  const selector = { 'app.kubernetes.io/name': program };
  const grpc = thanos === undefined ? [] : [{ name: 'grpc', port: 10901, targetPort: 'grpc' }];
  return {
    service: {
      metadata: { name: `${program}-operated`, labels: { 'operated-prometheus': 'true' } },
      spec: { clusterIP: 'None', selector, ports: [...served, ...grpc] },
    },
    statefulSet: {
      metadata: { name, labels: own },
      spec: {
        serviceName: `${program}-operated`,
        replicas: spec.replicas ?? 1,
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: own },
        template: {
          metadata: { labels: { ...podMetadata?.labels, ...own }, annotations: podMetadata?.annotations },
          spec: podSpec,
        },
        volumeClaimTemplates: claims,
      },
    },
  };
}

const THANOS_PORTS = [
  { name: 'http', containerPort: 10902 },
  { name: 'grpc', containerPort: 10901 },
];

const HARDENED = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };

const flag = (args: readonly string[], name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(`--${name}=`.length);

/** Requests and limits of the reloader; `0` says none. */
function reloaderResources(args: readonly string[]) {
  const of = (what: 'request' | 'limit') =>
    Object.fromEntries(
      ['cpu', 'memory'].flatMap((resource) => {
        const value = flag(args, `config-reloader-${resource}-${what}`);
        return value === undefined || value === '0' ? [] : [[resource, value]];
      }),
    );
  return { requests: of('request'), limits: of('limit') };
}
