import type { ClusterFacts } from '../../../checks/facts';
import type { Addresses, DeclaredEdge, ForeignPods } from '../../../checks/reachability/model';
import type { Json, KubeObject, SourcedObject } from '../../../synth/object';

/** A cluster as a folder of YAML would have it, and what is known beside it. */
export interface Sample {
  readonly objects: readonly SourcedObject[];
  readonly facts: Partial<ClusterFacts>;
}

/** A workload of a sample and whom it calls, as `name:port`; `db` and `internet` are address sets, `dns` is called by all. */
export interface SampleWorkload {
  readonly name: string;
  readonly namespace?: string;
  readonly kind?: string;
  readonly ports?: Readonly<Record<string, number>>;
  readonly calls?: readonly string[];
  readonly host?: string;
  readonly meshed?: boolean;
}

const NAMESPACE = 'shop';
const GROUP = 'policy.linkerd.io';

/** An object with where it comes from. */
export function sourced(object: KubeObject): SourcedObject {
  return { object, source: `${object.kind.toLowerCase()}-${object.metadata.name}.yaml` };
}

const ADDRESSES: Readonly<Record<string, Addresses>> = {
  db: { name: 'database subnets', blocks: [{ cidr: '10.1.8.0/24' }, { cidr: '10.1.9.0/24' }] },
  internet: { name: 'internet', blocks: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }] },
};

const DNS: ForeignPods = {
  id: 'kube-system/coredns',
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  serviceAccount: 'coredns',
  meshed: false,
  ports: [{ name: 'dns', port: 53, protocol: 'UDP' }],
};

const FACTS: Partial<ClusterFacts> = {
  foreignPods: [DNS],
  edges: Object.values(ADDRESSES).map(
    (addresses): DeclaredEdge => ({
      from: { pods: 'any' },
      to: { addresses },
      protocol: 'TCP',
      first: 1,
      last: 1,
      name: `calls ${addresses.name}`,
    }),
  ),
};

/** Controllers with an account, a Service, policies of both layers and perhaps an Ingress each, as their calls need them. */
export function sample(workloads: readonly SampleWorkload[]): Sample {
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  const callers = new Map<string, { readonly caller: SampleWorkload; readonly port: string }[]>();
  for (const caller of workloads) {
    for (const [to, port] of callsOf(caller)) callers.set(to, [...(callers.get(to) ?? []), { caller, port }]);
  }
  const objects = workloads.flatMap((workload) => [
    controller(workload),
    ...(workload.ports === undefined ? [] : [service(workload)]),
    ...(workload.host === undefined ? [] : [ingress(workload)]),
    networkPolicy(workload, callers.get(workload.name) ?? [], byName),
    ...(workload.meshed === false ? [] : meshPolicies(workload, callers.get(workload.name) ?? [])),
  ]);
  return { objects: objects.map(sourced), facts: FACTS };
}

function callsOf({ calls = [] }: SampleWorkload): readonly (readonly [string, string])[] {
  return calls.map((call) => {
    const [to = '', port = ''] = call.split(':');
    return [to, port];
  });
}

function metadataOf({ name, namespace = NAMESPACE }: SampleWorkload) {
  return { name, namespace };
}

function controller(workload: SampleWorkload): KubeObject {
  const { name, kind = 'Deployment', ports = {}, meshed = true } = workload;
  const labels = { app: name };
  const annotations: Record<string, string> = meshed
    ? { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'deny' }
    : {};
  const list = Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort }));
  const containers = [{ name, image: 'x', ports: list }];
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: metadataOf(workload),
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels, annotations }, spec: { serviceAccountName: name, priorityClassName: 'interactive', containers } },
    },
  };
}

function service(workload: SampleWorkload): KubeObject {
  const ports = Object.entries(workload.ports ?? {}).map(([name, port]) => ({ name, port, targetPort: name }));
  return { apiVersion: 'v1', kind: 'Service', metadata: metadataOf(workload), spec: { selector: { app: workload.name }, ports } };
}

function ingress(workload: SampleWorkload): KubeObject {
  const backend = { service: { name: workload.name, port: { name: Object.keys(workload.ports ?? {})[0] ?? '' } } };
  const rules = [{ host: workload.host ?? '', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(workload),
    spec: { ingressClassName: 'nginx', rules },
  };
}

function peer({ name, namespace = NAMESPACE }: SampleWorkload): Json {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { app: name } },
  };
}

function networkPolicy(
  workload: SampleWorkload,
  callers: readonly { readonly caller: SampleWorkload; readonly port: string }[],
  byName: ReadonlyMap<string, SampleWorkload>,
): KubeObject {
  const mesh = [{ port: 4143 }];
  const dns: Json = {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': DNS.namespace } },
        podSelector: { matchLabels: DNS.labels },
      },
    ],
    ports: [{ port: 53, protocol: 'UDP' }],
  };
  const egress = callsOf(workload).map(([to, port]): Json => {
    const callee = byName.get(to);
    if (callee !== undefined) return { to: [peer(callee)], ports: [{ port }, ...mesh] };
    const blocks = ADDRESSES[to]?.blocks ?? [];
    if (blocks.length === 0) throw new Error(`${workload.name} calls ${to}: no such end`);
    return {
      to: blocks.map(({ cidr, except }) => ({ ipBlock: { cidr, ...(except === undefined ? {} : { except }) } })),
      ports: [{ port: Number(port) }],
    };
  });
  const into = callers.map(({ caller, port }): Json => ({ from: [peer(caller)], ports: [{ port }, ...mesh] }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(workload),
    spec: {
      podSelector: { matchLabels: { app: workload.name } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns, ...egress],
      ingress: into,
    },
  };
}

function meshPolicies(
  workload: SampleWorkload,
  callers: readonly { readonly caller: SampleWorkload; readonly port: string }[],
): readonly KubeObject[] {
  return [...new Set(callers.map(({ port }) => port))].flatMap((port) => {
    const metadata = { ...metadataOf(workload), name: `${workload.name}-${port}` };
    const refs = callers
      .filter((each) => each.port === port)
      .map(({ caller }) => ({ kind: 'ServiceAccount', name: caller.name, namespace: caller.namespace ?? NAMESPACE }));
    return [
      {
        apiVersion: `${GROUP}/v1beta3`,
        kind: 'Server',
        metadata,
        spec: { podSelector: { matchLabels: { app: workload.name } }, port },
      },
      {
        apiVersion: `${GROUP}/v1alpha1`,
        kind: 'AuthorizationPolicy',
        metadata,
        spec: {
          targetRef: { group: GROUP, kind: 'Server', name: metadata.name },
          requiredAuthenticationRefs: [{ group: GROUP, kind: 'MeshTLSAuthentication', name: metadata.name }],
        },
      },
      { apiVersion: `${GROUP}/v1alpha1`, kind: 'MeshTLSAuthentication', metadata, spec: { identityRefs: refs } },
    ];
  });
}

/** A dozen workloads as a shop has them. */
export const shop = sample([
  {
    name: 'gateway',
    ports: { http: 8080 },
    calls: ['catalogue:http', 'basket:http', 'accounts:http', 'cache:redis'],
    host: 'shop.example',
  },
  { name: 'admin', ports: { http: 8080 }, calls: ['catalogue:http', 'accounts:http'], host: 'admin.shop.example' },
  { name: 'catalogue', ports: { http: 8080, metrics: 9090 }, calls: ['pool:postgres', 'cache:redis'] },
  { name: 'basket', ports: { http: 8080 }, calls: ['catalogue:http', 'cache:redis', 'orders:http'] },
  { name: 'accounts', ports: { http: 8080 }, calls: ['pool:postgres', 'mailer:http'] },
  { name: 'orders', ports: { http: 8080 }, calls: ['pool:postgres', 'payments:http', 'mailer:http', 'basket:http'] },
  { name: 'payments', ports: { http: 8443 }, calls: ['internet:443', 'pool:postgres'] },
  { name: 'mailer', ports: { http: 8080 }, calls: ['internet:587'] },
  { name: 'pool', ports: { postgres: 6432 }, calls: ['db:5432'] },
  { name: 'cache', namespace: 'data', kind: 'StatefulSet', ports: { redis: 6379 }, calls: ['cache:redis'] },
  { name: 'report', kind: 'StatefulSet', calls: ['db:5432'], meshed: false },
  { name: 'a-workload-with-quite-a-long-name-that-ends-in-blue' },
]);

/** Many workloads in several namespaces, in five tiers; each calls a few of the tiers behind it, some one of the tier before. */
export function large(count: number): Sample {
  const nameOf = (i: number) => `service-${String(i).padStart(3, '0')}`;
  const tiers = 5;
  const workloads = Array.from({ length: count }, (_, i): SampleWorkload => {
    const tier = i % tiers;
    const later = (k: number) => (i * 7 + k * 35 + tier * 15) % count;
    const calls = [1, 2, 3].map((k) => later(k) - (later(k) % tiers) + Math.min(tiers - 1, tier + 1 + (k % 2)));
    const back = i % 37 === 1 ? [i - 1] : [];
    const others = tier === tiers - 1 ? back : [...calls, ...back];
    const outside = [...(tier === tiers - 1 && i % 3 === 0 ? ['db:5432'] : []), ...(i % 14 === 0 ? ['internet:443'] : [])];
    return {
      name: nameOf(i),
      namespace: `team-${i % 6}`,
      ports: { http: 8080, metrics: 9090 },
      calls: [...[...new Set(others)].filter((to) => to < count && to !== i).map((to) => `${nameOf(to)}:http`), ...outside],
      ...(i % 30 === 0 ? { host: `${nameOf(i)}.example` } : {}),
    };
  });
  return sample(workloads);
}
