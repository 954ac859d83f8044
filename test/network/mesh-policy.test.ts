import { describe, expect, test } from 'vitest';
import { type Edge, meshedNamespace, meshPolicy, type PartyPort, type PodParty } from '../../charts/network';
import { clusterWith, type Objects } from '../workload/support';
import { party, rendered } from './support';

const full: Required<PartyPort> = {
  number: 8080,
  protocol: 'TCP',
  mesh: 'HTTP/2',
  rateLimit: { total: 100, perCaller: 20 },
  routes: {},
};
const api = party('api', {
  ports: { http: { number: 8080 }, full, raw: { number: 7000, mesh: 'outside' }, dns: { number: 53, protocol: 'UDP' } },
});
const caller = party('caller');
const far = party('far', { namespace: 'away', serviceAccount: 'robot' });

const mesh = (edges: readonly Edge[], subject: PodParty = api): Objects =>
  rendered((scope) => meshPolicy(scope, 'mesh', subject, edges, { team: 'x' }));
const names = ({ all }: Objects) => all.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

describe('the mesh', () => {
  test('has a Server only for ports that somebody calls: the others are denied by default', () => {
    expect(mesh([]).all).toEqual([]);
    expect(names(mesh([{ from: caller, to: api, port: 'http' }]))).toEqual([
      'AuthorizationPolicy api-http',
      'MeshTLSAuthentication api-http',
      'Server api-http',
    ]);
  });

  test('says nothing of ports outside of it, of pods outside of it, and of the port of its proxies', () => {
    for (const port of ['raw', 'dns']) expect(mesh([{ from: caller, to: api, port }]).all).toEqual([]);
    expect(mesh([{ from: caller, to: api, port: 'linkerd-admin' }]).all).toEqual([]);
    const bare = party('bare', { meshed: false });
    expect(mesh([{ from: caller, to: bare, port: 'http' }], bare).all).toEqual([]);
  });

  test('selects the pods and the port by their names, with the defaults stated', () => {
    expect(mesh([{ from: caller, to: api, port: 'http' }]).one('Server').spec).toEqual({
      podSelector: { matchLabels: { app: 'api' } },
      port: 'http',
      proxyProtocol: 'unknown',
      accessPolicy: 'deny',
    });
    expect(mesh([{ from: caller, to: api, port: 'full' }]).one('Server').spec.proxyProtocol).toBe('HTTP/2');
  });

  test('lets in identities by service account: one reference per caller, sorted, each once', () => {
    const all = mesh([
      { from: party('caller', { selector: { app: 'second' } }), to: api, port: 'http' },
      { from: far, to: api, port: 'http' },
      { from: caller, to: api, port: 'http' },
    ]);
    expect(all.one('MeshTLSAuthentication').spec.identityRefs).toEqual([
      { kind: 'ServiceAccount', name: 'robot', namespace: 'away' },
      { kind: 'ServiceAccount', name: 'caller', namespace: 'shop' },
    ]);
    const { targetRef, requiredAuthenticationRefs } = all.one('AuthorizationPolicy').spec;
    expect(targetRef).toMatchObject({ kind: 'Server', name: 'api-http' });
    expect(requiredAuthenticationRefs).toMatchObject([{ kind: 'MeshTLSAuthentication', name: 'api-http' }]);
  });

  test('lets in addresses by a policy of their own: one that asked for both would let in neither', () => {
    const clients = { name: 'clients', blocks: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }] };
    const all = mesh([
      { from: clients, to: api, port: 'http' },
      { from: caller, to: api, port: 'http' },
    ]);
    for (const { spec } of all.of('AuthorizationPolicy')) expect(spec.requiredAuthenticationRefs).toHaveLength(1);
    expect(all.one('AuthorizationPolicy', 'api-http-addresses').spec).toMatchObject({
      targetRef: { name: 'api-http' },
      requiredAuthenticationRefs: [{ kind: 'NetworkAuthentication', name: 'api-http-addresses' }],
    });
    expect(all.one('NetworkAuthentication', 'api-http-addresses').spec.networks).toEqual(clients.blocks);
  });
});

describe('limits of requests', () => {
  test('are those of the callee, and of single callers', () => {
    const all = mesh([
      { from: far, to: api, port: 'full', options: { rateLimit: 60 } },
      { from: caller, to: api, port: 'full' },
    ]);
    expect(all.one('HTTPLocalRateLimitPolicy', 'api-full').spec).toMatchObject({
      targetRef: { kind: 'Server', name: 'api-full' },
      total: { requestsPerSecond: 100 },
      identity: { requestsPerSecond: 20 },
      overrides: [{ requestsPerSecond: 60, clientRefs: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'away' }] }],
    });
  });

  test('are none where nobody states one', () => {
    expect(mesh([{ from: caller, to: api, port: 'http' }]).of('HTTPLocalRateLimitPolicy')).toEqual([]);
  });
});

describe('a meshed namespace', () => {
  const cluster = clusterWith();
  const of = (edges: readonly Edge[]) => rendered((scope) => meshedNamespace(scope, 'mesh', 'shop', cluster, edges, {}));

  test("lets Prometheus alone read the metrics of the pods' proxies", () => {
    const all = of([]);
    expect(all.one('Server', 'linkerd-admin').spec).toMatchObject({ podSelector: {}, port: 'linkerd-admin', accessPolicy: 'deny' });
    expect(all.one('MeshTLSAuthentication', 'linkerd-admin').spec.identityRefs).toEqual([
      { kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' },
    ]);
  });

  const internet = { name: 'internet', blocks: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/16'] }] };
  test.each([
    ['nobody goes out', [], 'Deny'],
    ['somebody goes out', [{ from: caller, to: internet, port: 443 }], 'Allow'],
    ['pods of another namespace go out', [{ from: far, to: internet, port: 443 }], 'Deny'],
    ['pods outside the mesh go out, which it does not see', [{ from: party('job', { meshed: false }), to: internet, port: 443 }], 'Deny'],
    ['somebody goes to the VPC', [{ from: caller, to: { name: 'db', blocks: [{ cidr: '10.0.8.0/24' }] }, port: 443 }], 'Deny'],
  ] as const)('where %s', (_, edges, expected) => {
    const { spec } = of(edges).one('EgressNetwork', 'internet');
    expect(spec.trafficPolicy).toBe(expected);
    expect(spec.networks[0].except).toEqual(['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']);
  });
});
