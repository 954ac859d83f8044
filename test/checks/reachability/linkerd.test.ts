import { describe, expect, test } from 'vitest';
import { describeEnd, idsOf } from '../../../checks/reachability/comparison';
import type { ReachFacts } from '../../../checks/reachability/judge';
import type { ForeignPods, ReachedEdge, ReachedEnd } from '../../../checks/reachability/model';
import { describePorts, portSet } from '../../../checks/reachability/port-set';
import { reach } from '../../../checks/reachability/reach';
import { difference, union } from '../../../checks/reachability/spans';
import type { SourcedObject } from '../../../synth/object';
import { meshPolicy, namespace, networkPolicy, type PodsOf, pods } from './objects';

const http = { name: 'http', port: 8080, protocol: 'TCP' } as const;
const other = 'serviceaccount.identity.linkerd.cluster.local';

/** A meshed cluster that denies by default: `api` is called by meshed pods, and by one without a proxy. */
function cluster({
  annotations,
  inSpace = {},
}: {
  readonly annotations?: PodsOf['annotations'];
  readonly inSpace?: Readonly<Record<string, string>>;
} = {}) {
  return [
    namespace('shop', {}, { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'deny', ...inSpace }),
    namespace('other', {}, { 'linkerd.io/inject': 'enabled' }),
    pods('api', {
      namespace: 'shop',
      ports: [http, { name: 'grpc', port: 9090, protocol: 'TCP' }, { name: 'dns', port: 53, protocol: 'UDP' }],
      annotations,
    }),
    pods('web', { namespace: 'shop' }),
    pods('batch', { namespace: 'other' }),
    pods('job', { namespace: 'shop', annotations: { 'linkerd.io/inject': 'disabled' } }),
  ];
}

const server = (name = 'api-http', spec: object = { podSelector: { matchLabels: { app: 'api' } }, port: 'http' }) =>
  meshPolicy('Server', name, spec, 'shop', { app: 'api' });
const toServer = { group: 'policy.linkerd.io', kind: 'Server', name: 'api-http' };
const account = (name: string, space?: string) => ({ kind: 'ServiceAccount', name, ...(space === undefined ? {} : { namespace: space }) });
const mtls = (name: string, space?: string) => ({ group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name, namespace: space });
const network = (name: string) => ({ group: 'policy.linkerd.io', kind: 'NetworkAuthentication', name });
const policy = (refs: readonly object[], targetRef: object = toServer, name = 'policy') =>
  meshPolicy('AuthorizationPolicy', name, { targetRef, requiredAuthenticationRefs: refs }, 'shop');

/** TCP ports of `api` by caller, as text; `every port` is all that the mesh judges. */
function callers(objects: readonly SourcedObject[], facts?: ReachFacts, layers?: ReachedEdge['layers']): Readonly<Record<string, string>> {
  const { edges } = reach(objects, facts);
  const names = (end: ReachedEnd) => ('addresses' in end ? [describeEnd(end)] : idsOf(end).map((id) => id.split('/')[1]!));
  const beside = union(...[4143, 4190, 4191, 4567, 4568].map((port) => portSet({ protocol: 'TCP', first: port, last: port })));
  const found: Record<string, string> = {};
  for (const from of new Set(edges.flatMap((edge) => names(edge.from)))) {
    if (from === 'api') continue;
    const own = edges.filter(
      (edge) => names(edge.from).includes(from) && names(edge.to).includes('api') && edge.layers === (layers ?? 'network and mesh'),
    );
    const ports = union(...own.map(portSet), []);
    if (ports.length > 0) found[from] = describePorts(ports.length > 2 ? union(ports, beside) : ports);
  }
  return found;
}

const everyone = 'every TCP port';

describe('the default policy', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['deny', {}],
    ['all-unauthenticated', { web: everyone, batch: everyone, job: everyone, 'every address': everyone }],
    ['audit', { web: everyone, batch: everyone, job: everyone, 'every address': everyone }],
    ['all-authenticated', { web: everyone, batch: everyone }],
    ['cluster-authenticated', { web: everyone, batch: everyone }],
    [
      'cluster-unauthenticated',
      { web: everyone, batch: everyone, job: everyone, '10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16, fd00::/8': everyone },
    ],
    // Linkerd goes on with the cluster's.
    ['none-such', { web: everyone, batch: everyone, job: everyone, 'every address': everyone }],
  ])('%s', (word, expected) => {
    expect(callers(cluster({ annotations: { 'config.linkerd.io/default-inbound-policy': word } }))).toEqual(expected);
  });

  test('is the pods’, or else their namespace’s, or else to let all in', () => {
    expect(callers(cluster())).toEqual({});
    expect(callers(cluster({ inSpace: { 'config.linkerd.io/default-inbound-policy': 'all-authenticated' } }))).toEqual({
      web: everyone,
      batch: everyone,
    });
    const [, ...rest] = cluster();
    expect(callers([namespace('shop', {}, { 'linkerd.io/inject': 'enabled' }), ...rest])).toHaveProperty('every address');
  });

  test('of a cluster’s addresses is about pods by theirs', () => {
    const word = { 'config.linkerd.io/default-inbound-policy': 'cluster-unauthenticated' };
    expect(callers(cluster({ annotations: word }), { podNetworks: ['203.0.113.0/24'] })).not.toHaveProperty('job');
    expect(callers(cluster({ annotations: word }), { podNetworks: ['10.1.0.0/16'] })).toHaveProperty('job');
  });

  test('may require an identity on single ports', () => {
    const annotations = {
      'config.linkerd.io/default-inbound-policy': 'all-unauthenticated',
      'config.linkerd.io/proxy-require-identity-inbound-ports': '8080',
    };
    const found = callers(cluster({ annotations }));
    expect(found).toMatchObject({ web: everyone, batch: everyone });
    expect(found.job).toContain('TCP 1-8079, TCP 8081-');
  });
});

describe('a Server', () => {
  test('without authorizations closes its port, and no other', () => {
    const found = callers([...cluster({ annotations: { 'config.linkerd.io/default-inbound-policy': 'all-authenticated' } }), server()]);
    expect(found.web).toContain('TCP 1-8079, TCP 8081-65535');
  });

  test.each<[string, object, string | undefined]>([
    ['by name', { podSelector: {}, port: 'http' }, 'TCP 8080'],
    ['by number', { podSelector: {}, port: 9090 }, 'TCP 9090'],
    ['by a number that no container declares', { podSelector: {}, port: 1234 }, 'TCP 1234'],
    ['by a name of UDP: none', { podSelector: {}, port: 'dns' }, undefined],
    ['by the name of the proxy’s port', { podSelector: {}, port: 'linkerd-admin' }, 'TCP 4191'],
    ['by expression', { podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, port: 'http' }, 'TCP 8080'],
    ['of other pods', { podSelector: { matchLabels: { app: 'web' } }, port: 'http' }, undefined],
    ['of external workloads', { externalWorkloadSelector: {}, port: 8080 }, undefined],
  ])('selects its port %s', (_, spec, expected) => {
    expect(callers([...cluster(), server('api-http', spec), policy([account('web')])]).web).toBe(expected);
  });

  test('holds for its own namespace only', () => {
    const elsewhere = meshPolicy('Server', 'api-http', { podSelector: {}, port: 8080 }, 'other');
    expect(callers([...cluster(), elsewhere, policy([account('web')])])).toEqual({});
  });

  test('that selects a port of another gives way to the first by name', () => {
    const second = server('b', { podSelector: {}, port: 8080 });
    expect(callers([...cluster(), second, server('a'), policy([account('web')], { ...toServer, name: 'b' })])).toEqual({});
    expect(callers([...cluster(), second, server('a'), policy([account('web')], { ...toServer, name: 'a' })])).toEqual({ web: 'TCP 8080' });
  });

  test.each([
    ['deny', {}],
    ['audit', { web: 'TCP 8080', batch: 'TCP 8080', job: 'TCP 8080', 'every address': 'TCP 8080' }],
    ['all-authenticated', { web: 'TCP 8080', batch: 'TCP 8080' }],
  ])('with accessPolicy %s', (accessPolicy, expected) => {
    expect(callers([...cluster(), server('api-http', { podSelector: {}, port: 'http', accessPolicy })])).toEqual(expected);
  });
});

describe('an AuthorizationPolicy', () => {
  const authentication = (name: string, spec: object, space = 'shop') => meshPolicy('MeshTLSAuthentication', name, spec, space);
  const addresses = (name: string, ...cidrs: string[]) =>
    meshPolicy('NetworkAuthentication', name, { networks: cidrs.map((cidr) => ({ cidr })) }, 'shop');
  const web = { web: 'TCP 8080' };
  const both = { web: 'TCP 8080', batch: 'TCP 8080' };

  test.each<[string, readonly SourcedObject[], Readonly<Record<string, string>>]>([
    ['a ServiceAccount of its own namespace', [policy([account('web')])], web],
    ['one of another namespace', [policy([account('batch', 'other')])], { batch: 'TCP 8080' }],
    ['one that has the name elsewhere', [policy([account('batch')])], {}],
    [
      'identities by ServiceAccount',
      [policy([mtls('m')]), authentication('m', { identityRefs: [account('web'), account('batch', 'other')] })],
      both,
    ],
    [
      'identities by namespace',
      [policy([mtls('m')]), authentication('m', { identityRefs: [{ kind: 'Namespace', name: 'other' }] })],
      { batch: 'TCP 8080' },
    ],
    ['an identity by its text', [policy([mtls('m')]), authentication('m', { identities: [`web.shop.${other}`] })], web],
    ['identities by their end', [policy([mtls('m')]), authentication('m', { identities: [`*.shop.${other}`] })], web],
    ['any identity', [policy([mtls('m')]), authentication('m', { identities: ['*'] })], both],
    [
      'an identity of another trust domain',
      [policy([mtls('m')]), authentication('m', { identities: ['web.shop.serviceaccount.identity.linkerd.example'] })],
      {},
    ],
    [
      'an authentication of another namespace',
      [policy([mtls('m', 'other')]), authentication('m', { identityRefs: [account('batch')] }, 'other')],
      { batch: 'TCP 8080' },
    ],
    [
      'addresses: everybody from there',
      [policy([network('n')]), addresses('n', '203.0.113.0/24')],
      { web: 'TCP 8080', batch: 'TCP 8080', job: 'TCP 8080', '203.0.113.0/24': 'TCP 8080' },
    ],
    ['an identity and addresses: both at once', [policy([account('web'), network('n')]), addresses('n', '203.0.113.0/24')], web],
    ['nothing: everybody', [policy([])], { ...both, job: 'TCP 8080', 'every address': 'TCP 8080' }],
    ['what is not there: it is ignored', [policy([mtls('m')])], {}],
    ['what lists nobody: it is ignored', [policy([mtls('m')]), authentication('m', {})], {}],
    ['two identities at once: it is ignored', [policy([account('web'), account('batch', 'other')])], {}],
    ['two networks at once: it is ignored', [policy([network('a'), network('b')]), addresses('a', '::/0'), addresses('b', '::/0')], {}],
    ['a kind that is none: it is ignored', [policy([account('web'), { kind: 'User', name: 'jane' }])], {}],
    ['either of two policies', [policy([account('web')]), policy([account('batch', 'other')], toServer, 'second')], both],
    ['all Servers of its namespace', [policy([account('web')], { kind: 'Namespace', name: 'shop' })], web],
    ['another Server', [policy([account('web')], { ...toServer, name: 'other' })], {}],
  ])('with %s', (_, objects, expected) => {
    expect(callers([...cluster(), server(), ...objects])).toEqual(expected);
  });

  test('for addresses is for pods that have them', () => {
    const objects = [...cluster(), server(), policy([account('web'), network('n')]), addresses('n', '10.0.0.0/16')];
    expect(callers(objects, { podNetworks: ['10.0.128.0/17'] })).toEqual(web);
    expect(callers(objects, { podNetworks: ['10.1.0.0/16'] })).toEqual({});
  });

  test('for a namespace opens no port that no Server selects', () => {
    expect(callers([...cluster(), policy([account('web')], { kind: 'Namespace', name: 'shop' })])).toEqual({});
  });

  test.each([
    ['policy.linkerd.io', 'HTTPRoute', 'HTTP/1', web],
    ['gateway.networking.k8s.io', 'HTTPRoute', undefined, web],
    ['gateway.networking.k8s.io', 'GRPCRoute', 'gRPC', web],
    // A proxy that does not read requests has no routes.
    ['policy.linkerd.io', 'HTTPRoute', 'opaque', {}],
  ])('for a %s %s of a Server with protocol %s', (group, kind, proxyProtocol, expected) => {
    const route = meshPolicy(kind, 'route', { parentRefs: [toServer] }, 'shop');
    const ofGroup = { ...route, object: { ...route.object, apiVersion: `${group}/v1` } };
    const read = server('api-http', { podSelector: { matchLabels: { app: 'api' } }, port: 'http', proxyProtocol });
    expect(callers([...cluster(), read, ofGroup, policy([account('web')], { group, kind, name: 'route' })])).toEqual(expected);
    // A route of another parent opens nothing.
    const loose = { ...ofGroup, object: { ...ofGroup.object, spec: { parentRefs: [{ kind: 'Service', name: 'api' }] } } };
    expect(callers([...cluster(), read, loose, policy([account('web')], { group, kind, name: 'route' })])).toEqual({});
  });
});

test.each<[string, object, Readonly<Record<string, string>>]>([
  [
    'by name, for a ServiceAccount',
    { server: { name: 'api-http' }, client: { meshTLS: { serviceAccounts: [{ name: 'web' }] } } },
    { web: 'TCP 8080' },
  ],
  [
    'by labels, for identities',
    { server: { selector: { matchLabels: { app: 'api' } } }, client: { meshTLS: { identities: ['*'] } } },
    { web: 'TCP 8080', batch: 'TCP 8080' },
  ],
  ['by other labels', { server: { selector: { matchLabels: { app: 'web' } } }, client: { meshTLS: { identities: ['*'] } } }, {}],
  [
    'for TLS without identity',
    { server: { name: 'api-http' }, client: { meshTLS: { unauthenticatedTLS: true } } },
    { web: 'TCP 8080', batch: 'TCP 8080' },
  ],
  [
    'for all of some addresses',
    {
      server: { name: 'api-http' },
      client: { unauthenticated: true, networks: [{ cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] }] },
    },
    { web: 'TCP 8080', batch: 'TCP 8080', job: 'TCP 8080', '203.0.113.0/25': 'TCP 8080' },
  ],
  [
    'for all, of the cluster’s addresses where it names none',
    { server: { name: 'api-http' }, client: { unauthenticated: true } },
    {
      web: 'TCP 8080',
      batch: 'TCP 8080',
      job: 'TCP 8080',
      '10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16, fd00::/8': 'TCP 8080',
    },
  ],
  ['for nobody', { server: { name: 'api-http' }, client: {} }, {}],
])('a ServerAuthorization %s', (_, spec, expected) => {
  expect(callers([...cluster(), server(), meshPolicy('ServerAuthorization', 'legacy', spec, 'shop')])).toEqual(expected);
});

describe('both layers', () => {
  const api = { matchLabels: { app: 'api' } };
  const into = (...ports: (number | string)[]) =>
    networkPolicy('in', { podSelector: api, ingress: [{ ports: ports.map((port) => ({ port })) }] }, 'shop');
  const open = [...cluster(), server(), policy([account('web')])];

  test('between meshed pods, NetworkPolicy has to open 4143 and Linkerd the port', () => {
    expect(callers([...open, into(4143)])).toEqual({ web: 'TCP 8080' });
    expect(callers([...open, into('http')])).toEqual({});
    const out = (port: number) =>
      networkPolicy('out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port }] }] }, 'shop');
    expect(callers([...open, out(4143)])).toEqual({ web: 'TCP 8080' });
    expect(callers([...open, out(8080)])).toEqual({});
  });

  test('for a caller without a proxy, both have to open the port itself', () => {
    const all = [...cluster(), server(), policy([])];
    expect(callers([...all, into('http')])).toMatchObject({ job: 'TCP 8080', 'every address': 'TCP 8080' });
    expect(callers([...all, into(4143)])).toEqual({ web: 'TCP 8080', batch: 'TCP 8080' });
    expect(callers([...open, into('http')])).toEqual({});
  });

  test('the proxy’s own metrics are on a port of their own', () => {
    const admin = [server('admin', { podSelector: {}, port: 'linkerd-admin' }), policy([account('web')], { ...toServer, name: 'admin' })];
    expect(callers([...cluster(), ...admin, into(4191)])).toEqual({ web: 'TCP 4191' });
    expect(callers([...cluster(), ...admin, into(4143)])).toEqual({});
  });

  test('a port outside the mesh is NetworkPolicy’s alone', () => {
    const outside = [
      ...cluster({ annotations: { 'config.linkerd.io/skip-inbound-ports': '8080, 9000-9001' } }),
      server(),
      into('http', 9001, 4143),
    ];
    expect(callers(outside)).toEqual({});
    const ports = 'TCP 8080, TCP 9001';
    expect(callers(outside, {}, 'network')).toEqual({ web: ports, batch: ports, job: ports, 'every address': ports });
  });

  test('so are protocols other than TCP', () => {
    const dns = networkPolicy('in', { podSelector: api, ingress: [{ ports: [{ protocol: 'UDP', port: 'dns' }] }] }, 'shop');
    expect(callers([...open, dns], {}, 'network')).toMatchObject({ web: 'UDP 53', job: 'UDP 53' });
  });

  test('a port that the caller’s proxy is bypassed for has no identity', () => {
    const caller = pods('web', { namespace: 'shop', annotations: { 'config.linkerd.io/skip-outbound-ports': '8080' } });
    const others = open.filter(({ object }) => object.metadata.name !== 'web');
    expect(callers([...others, caller])).toEqual({});
    expect(
      callers([...cluster().filter(({ object }) => object.metadata.name !== 'web'), caller, server(), policy([]), into('http')]),
    ).toMatchObject({ web: 'TCP 8080' });
  });

  test('nobody reaches 4143 itself', () => {
    const all = cluster({ annotations: { 'config.linkerd.io/default-inbound-policy': 'all-unauthenticated' } });
    const proxy = portSet({ protocol: 'TCP', first: 4143, last: 4143 });
    const found = reach(all).edges.filter(({ to }) => idsOf(to).includes('shop/api'));
    expect(difference(proxy, union(...found.map(portSet)))).toEqual(proxy);
  });

  test('pods that are not rendered have an identity, too', () => {
    const prometheus: ForeignPods = {
      id: 'monitoring/prometheus',
      namespace: 'monitoring',
      labels: {},
      serviceAccount: 'prometheus',
      meshed: true,
      ports: [],
    };
    const objects = [...cluster(), server(), policy([account('prometheus', 'monitoring')])];
    expect(callers(objects, { foreignPods: [prometheus] })).toEqual({ prometheus: 'TCP 8080' });
    expect(callers(objects, { foreignPods: [{ ...prometheus, meshed: false }] })).toEqual({});
  });

  test('an unmeshed callee asks nobody', () => {
    const plain = cluster({ annotations: { 'linkerd.io/inject': 'disabled' } });
    expect(callers([...plain, server(), into('http')], {}, 'network')).toMatchObject({ web: 'TCP 8080', job: 'TCP 8080' });
  });
});
