import { describe, expect, test } from 'vitest';
import type { ClusterFacts } from '../../../checks/facts';
import { parseText } from '../../../checks/parse';
import { mapOf } from '../../../report/graph/build';
import type { FleetMap, MapEdge } from '../../../report/graph/model';
import type { Json } from '../../../synth/object';
import { large, type Sample, sample, shop, sourced } from './cluster';

const draw = ({ objects, facts }: Sample) => mapOf('test', objects, facts);
const yaml = (text: string, facts: Partial<ClusterFacts> = {}) => mapOf('test', parseText('test.yaml', text).objects, facts);

const find = ({ edges }: FleetMap, from: string, to: string): MapEdge | undefined =>
  edges.find((edge) => edge.from === from && edge.to === to);
const node = ({ nodes }: FleetMap, id: string) => nodes.find((each) => each.id === id);
const namesOf = (map: FleetMap, id: string, side: 'from' | 'to') =>
  map.edges
    .filter((edge) => edge[side === 'from' ? 'to' : 'from'] === id)
    .map((edge) => map.nodes.find((each) => each.id === edge[side])?.name);

describe('edges', () => {
  const map = draw(shop);

  test('are the declared calls of every workload, and no others', () => {
    expect(namesOf(map, 'shop/orders', 'to')).toEqual(['coredns', 'basket', 'mailer', 'payments', 'pool']);
    expect(namesOf(map, 'shop/orders', 'from')).toEqual(['basket']);
    expect(namesOf(map, 'shop/report', 'to')).toEqual(['database subnets', 'coredns']);
    expect(namesOf(map, 'shop/a-workload-with-quite-a-long-name-that-ends-in-blue', 'from')).toEqual([]);
  });

  test('say ports with the names that the callee gives them, the proxy’s own left out', () => {
    expect(find(map, 'shop/gateway', 'data/cache')?.ports).toEqual(['redis 6379']);
    expect(find(map, 'shop/gateway', 'kube-system/coredns')?.ports).toEqual(['dns 53/UDP']);
    expect(node(map, 'shop/catalogue')?.ports.map(({ name }) => name)).toEqual(['http', 'metrics']);
  });

  test('name the policies behind them: of the caller, of the callee, and of the mesh', () => {
    expect(find(map, 'shop/gateway', 'data/cache')?.policies).toEqual({
      egress: ['NetworkPolicy shop/gateway'],
      ingress: ['NetworkPolicy data/cache', 'AuthorizationPolicy data/cache-redis'],
    });
  });

  test('lead from a host through an Ingress to the workload', () => {
    expect(map.edges.filter(({ type }) => type === 'exposure')).toMatchObject([
      { from: 'entry admin.shop.example', to: 'shop/admin', ports: ['http 8080'] },
      { from: 'entry shop.example', to: 'shop/gateway', options: ['path /', 'class nginx', 'Ingress shop/gateway'] },
    ]);
  });

  test('vanish with the rule of either side', () => {
    const without = (kind: string, name: string) =>
      draw({ ...shop, objects: shop.objects.filter(({ object }) => !(object.kind === kind && object.metadata.name === name)) });
    expect(find(without('AuthorizationPolicy', 'pool-postgres'), 'shop/orders', 'shop/pool')).toBeUndefined();
    expect(find(without('Server', 'pool-postgres'), 'shop/orders', 'shop/pool')).toBeUndefined();
    expect(find(without('AuthorizationPolicy', 'pool-postgres'), 'shop/orders', 'shop/payments')).toBeDefined();
  });
});

const pod = (name: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: a, labels: { app: ${name} } }
spec: { containers: [{ name: a, image: x, ports: [{ containerPort: 1 }, { containerPort: 2 }] }] }
---`;
const policy = (name: string, spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: a }
spec: ${spec}
---`;

describe('the policies behind an edge', () => {
  const from = '{ podSelector: { matchLabels: { app: one } } }';
  const map = yaml(`${pod('one')}${pod('two')}
${policy('out', `{ podSelector: { matchLabels: { app: one } }, policyTypes: [Egress], egress: [{ ports: [{ port: 1 }] }] }`)}
${policy('in-1', `{ podSelector: { matchLabels: { app: two } }, ingress: [{ from: [${from}], ports: [{ port: 1 }] }] }`)}
${policy('in-2', `{ podSelector: { matchLabels: { app: two } }, ingress: [{ from: [${from}], ports: [{ port: 2 }] }] }`)}
${policy('in-other', '{ podSelector: { matchLabels: { app: two } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: z } } }] }] }')}`);

  test('have a rule for this peer and for a port of the edge', () => {
    expect(find(map, 'a/one', 'a/two')).toMatchObject({
      ports: ['1'],
      policies: { egress: ['NetworkPolicy a/out'], ingress: ['NetworkPolicy a/in-1'] },
    });
  });
});

test('addresses have the name of the widest range that is open, not of one inside it', () => {
  const egress = (name: string, cidr: string) =>
    policy(
      name,
      `{ podSelector: { matchLabels: { app: ${name} } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: ${cidr} } }] }] }`,
    );
  const map = yaml(`${pod('one')}${pod('two')}${egress('one', '10.0.0.0/8')}${egress('two', '10.1.0.0/16')}`);
  expect(namesOf(map, 'a/one', 'to')).toEqual(['10.0.0.0/8']);
  expect(namesOf(map, 'a/two', 'to')).toEqual(['10.1.0.0/16']);
});

describe('nodes', () => {
  const map = draw(shop);

  test('of workloads say kind, pods, priority and mesh', () => {
    expect(node(map, 'data/cache')).toMatchObject({
      type: 'workload',
      kind: 'StatefulSet',
      scale: '2',
      priority: 'interactive',
      meshed: true,
    });
    expect(node(map, 'shop/report')).toMatchObject({ meshed: false });
  });

  test('of addresses have the name of the declared edges, with their ranges', () => {
    const database = map.nodes.find(({ name }) => name === 'database subnets');
    expect(database).toMatchObject({ type: 'addresses', notes: ['10.1.8.0/24', '10.1.9.0/24'] });
  });

  test('of addresses have the ranges of the policy where nobody has named them', () => {
    const unnamed = draw({ objects: shop.objects, facts: {} });
    const addresses = unnamed.nodes.filter(({ type }) => type === 'addresses').map(({ name }) => name);
    expect(addresses).toEqual(['0.0.0.0/0 but 10.0.0.0/8', '10.1.8.0/24 and 1 more']);
  });

  test('of pods that only a policy speaks of are taken to exist', () => {
    const unnamed = draw({ objects: shop.objects, facts: {} });
    expect(node(unnamed, 'kube-system/kube-dns')).toMatchObject({ type: 'pods', namespace: 'kube-system' });
    expect(find(unnamed, 'shop/gateway', 'kube-system/kube-dns')?.ports).toEqual(['53/UDP']);
  });

  test('that nearly all workloads share are common, others not', () => {
    expect(map.nodes.filter(({ common }) => common).map(({ id }) => id)).toEqual(['kube-system/coredns']);
  });

  test('are there for pods on the host’s network, which no policy holds', () => {
    const map = yaml(`
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: ops }
spec: { template: { metadata: { labels: { app: agent } }, spec: { hostNetwork: true, containers: [{ name: a, image: x }] } } }`);
    expect(map.nodes).toMatchObject([{ name: 'agent', scale: 'every node', notes: ["on the host's network, where no policy holds"] }]);
  });

  test('of autoscaled and scheduled workloads say how many and when', () => {
    const map = yaml(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: a }
spec: { template: { metadata: { labels: { app: web } }, spec: { nodeSelector: { disk: ssd }, containers: [{ name: a, image: x }] } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: a }
spec: { minReplicas: 2, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: a }
spec: { schedule: 5 2 * * *, jobTemplate: { spec: { template: { metadata: { labels: { app: n } }, spec: { containers: [{ name: a, image: x }] } } } } }`);
    expect(node(map, 'a/web')).toMatchObject({ scale: '2–9', nodeGroup: 'disk=ssd' });
    expect(node(map, 'a/nightly')).toMatchObject({ kind: 'CronJob', scale: '5 2 * * *' });
  });
});

describe('a cluster without policies', () => {
  const open = (count: number) => {
    const { objects } = sample(Array.from({ length: count }, (_, i) => ({ name: `w${i}`, ports: { http: 8080 }, meshed: false })));
    return mapOf(
      'open',
      objects.filter(({ object }) => object.kind !== 'NetworkPolicy'),
      {},
    );
  };

  test('shows few workloads one by one', () => {
    expect(namesOf(open(3), 'shop/w0', 'to')).toEqual(expect.arrayContaining(['w1', 'w2', 'any address']));
    expect(find(open(3), 'shop/w0', 'shop/w1')?.ports).toContain('any TCP port: http 8080');
    expect(find(open(3), 'shop/w0', 'shop/w1')?.policies).toEqual({ egress: [], ingress: [] });
  });

  test('shows many through a hub, with an edge for each and not for each pair', () => {
    const map = open(150);
    const hub = map.nodes.find(({ type }) => type === 'hub');
    expect(hub).toMatchObject({ common: true, name: '150 to 150 workloads' });
    expect(map.edges.filter(({ from, to }) => from === hub?.id || to === hub?.id)).toHaveLength(300);
    expect(map.edges.length).toBeLessThan(1000);
  });
});

describe('what holds for an edge', () => {
  const LIMIT: Json = {
    targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'catalogue-http' },
    total: { requestsPerSecond: 500 },
    identity: { requestsPerSecond: 50 },
    overrides: [{ requestsPerSecond: 80, clientRefs: [{ kind: 'ServiceAccount', name: 'gateway' }] }],
  };
  const route = sourced({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'catalogue', namespace: 'shop', annotations: { 'retry.linkerd.io/http': '5xx', 'timeout.linkerd.io/request': '2s' } },
    spec: {
      parentRefs: [{ group: 'core', kind: 'Service', name: 'catalogue', port: 8080 }],
      rules: [{ matches: [{ method: 'GET', path: { type: 'PathPrefix', value: '/' } }] }],
    },
  });
  const limit = sourced({
    apiVersion: 'policy.linkerd.io/v1alpha1',
    kind: 'HTTPLocalRateLimitPolicy',
    metadata: { name: 'catalogue', namespace: 'shop' },
    spec: LIMIT,
  });
  const map = draw({ ...shop, objects: [...shop.objects, route, limit] });

  test('is in the routes of the callee, and in its rate limits', () => {
    expect(find(map, 'shop/gateway', 'shop/catalogue')?.options).toEqual([
      'GET /: retry http 5xx, timeout request 2s (HTTPRoute shop/catalogue)',
      'at most 80 requests per second of this caller (HTTPLocalRateLimitPolicy shop/catalogue)',
      'at most 500 requests per second of all callers (HTTPLocalRateLimitPolicy shop/catalogue)',
    ]);
    expect(find(map, 'shop/basket', 'shop/catalogue')?.options).toContain(
      'at most 50 requests per second of this caller (HTTPLocalRateLimitPolicy shop/catalogue)',
    );
  });

  test('is nothing for edges to other ports and workloads', () => {
    expect(find(map, 'shop/gateway', 'shop/accounts')?.options).toEqual([]);
  });

  test('a route of the mesh is no way in from outside', () => {
    expect(map.edges.filter(({ type }) => type === 'exposure')).toHaveLength(2);
  });
});

describe('ways in', () => {
  const web = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: a }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: a, image: x, ports: [{ name: http, containerPort: 8080 }] }] } } }
---`;

  test('are load balancers, with their host where external-dns is told one', () => {
    const map = yaml(`${web}
apiVersion: v1
kind: Service
metadata: { name: web, namespace: a, annotations: { external-dns.alpha.kubernetes.io/hostname: web.example } }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 443, targetPort: http }], loadBalancerSourceRanges: [192.0.2.0/24] }`);
    expect(find(map, 'entry web.example', 'a/web')).toMatchObject({
      ports: ['http 8080'],
      options: ['from 192.0.2.0/24', 'Service a/web'],
    });
  });

  test('are routes of a Gateway', () => {
    const map = yaml(`${web}
apiVersion: v1
kind: Service
metadata: { name: web, namespace: a }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: a }
spec: { parentRefs: [{ name: front, namespace: edge }], hostnames: [web.example], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }`);
    expect(find(map, 'entry web.example', 'a/web')).toMatchObject({
      ports: ['http 8080'],
      options: ['Gateway edge/front', 'HTTPRoute a/web'],
    });
  });
});

test('the order of the objects changes nothing', () => {
  const { objects, facts } = large(30);
  expect(mapOf('x', [...objects].reverse(), facts)).toEqual(mapOf('x', objects, facts));
});
