import { describe, expect, test } from 'vitest';
import { apiServer, type Edge, graphOf, internet, type PartyPort, type PodParty } from '../../charts/network';
import { clusterWith, contract, contractWith } from '../workload/support';
import { party } from './support';

const cluster = clusterWith();
const api = party('api', {
  ports: {
    http: { number: 8080 },
    raw: { number: 7000, mesh: 'outside' },
    grpc: { number: 9000, mesh: 'gRPC' },
    sql: { number: 5432, mesh: 'opaque' },
  },
});
const one = party('one');
const two = party('two');
const job = party('job', { meshed: false, ports: {} });
const parties = [api, one, two, job];
const graph = (edges: readonly Edge[], place = cluster, own: readonly PodParty[] = parties) => graphOf(place, [{ parties: own, edges }]);

describe('a graph', () => {
  test('knows the pods that run in every cluster, unless a part brings them', () => {
    const ids = (own: readonly PodParty[]) =>
      graphOf(cluster, [{ parties: own, edges: [] }]).parties.map(({ namespace, name }) => `${namespace}/${name}`);
    expect(ids([])).toEqual(expect.arrayContaining(['kube-system/coredns', 'monitoring/prometheus', 'linkerd/linkerd-destination']));
    const own = party('prometheus', { namespace: 'monitoring', ports: { web: { number: 9090 } } });
    expect(graphOf(cluster, [{ parties: [own], edges: [] }]).parties.filter(({ name }) => name === 'prometheus')).toEqual([own]);
  });

  test.each<[string, Edge, RegExp]>([
    [
      'calls pods that are not there',
      { from: one, to: party('gone'), port: 'http' },
      /shop\/one calls "http" of shop\/gone: shop\/gone does not run in this cluster/,
    ],
    ['has a caller that is not there', { from: party('gone'), to: api, port: 'http' }, /shop\/gone does not run in this cluster/],
    ['calls a port that is not there', { from: one, to: api, port: 'web' }, /shop\/api has no port "web"; there are http, raw, grpc, sql/],
    [
      'comes from outside the mesh to a port inside',
      { from: job, to: api, port: 'http' },
      /shop\/job is outside the mesh.*`outsideMesh`.*1\.29.*`managedDatabase`/,
    ],
    [
      'has options where no proxy acts',
      { from: job, to: api, port: 'raw', options: { timeout: '1s' } },
      /with timeout 1s, but no proxy of the mesh stands between/,
    ],
    [
      'has options for what the mesh cannot see',
      { from: one, to: api, port: 'sql', options: { retries: 1 } },
      /sees no requests on a port whose protocol is opaque/,
    ],
    [
      'has a timeout past the Service',
      { from: one, to: api, port: 'http', direct: true, options: { timeout: '1s' } },
      /with timeout 1s, but past the Service/,
    ],
    ['sends gRPC again', { from: one, to: api, port: 'grpc', options: { retries: 1 } }, /gRPC has neither/],
    [
      'has a timeout without a unit',
      { from: one, to: api, port: 'http', options: { timeout: '5 sec' } },
      /timeout '5 sec'; expected a duration as '500ms' or '2s'/,
    ],
    ['has no time', { from: one, to: api, port: 'http', options: { timeout: '0s' } }, /timeout '0s'/],
    ['has negative retries', { from: one, to: api, port: 'http', options: { retries: -3 } }, /-3 retries/],
    ['has half a retry', { from: one, to: api, port: 'http', options: { retries: 1.5 } }, /1\.5 retries/],
    [
      'has a time for tries that nothing repeats',
      { from: one, to: api, port: 'http', options: { tryTimeout: '1s' } },
      /nothing is sent again/,
    ],
    [
      'has a limit of no requests',
      { from: one, to: api, port: 'http', options: { rateLimit: 0 } },
      /rateLimit 0; expected requests per second/,
    ],
  ])('is refused where an edge %s', (_, edge, message) => {
    expect(() => graph([edge])).toThrow(message);
  });

  test.each<[string, PartyPort, RegExp]>([
    [
      'a caller more than all',
      { number: 1, rateLimit: { total: 5, perCaller: 6 } },
      /rateLimit.perCaller is 6, but the port takes 5 in all/,
    ],
    ['a path that is none', { number: 1, routes: { x: { path: 'reports' } } }, /route "x" has path 'reports'/],
    ['POST sent again', { number: 1, routes: { x: { path: '/', method: 'POST', retries: 1 } } }, /sends POST again/],
    ['a wrong duration', { number: 1, routes: { x: { path: '/', timeout: '1h' } } }, /timeout '1h'/],
  ])('is refused where a port has %s', (_, port, message) => {
    expect(() => graph([], cluster, [party('bad', { ports: { http: port } })])).toThrow(message);
  });

  test('is refused where a caller may do more than all callers together', () => {
    const limited = party('limited', { ports: { http: { number: 1, rateLimit: { total: 5 } } } });
    expect(() => graph([{ from: one, to: limited, port: 'http', options: { rateLimit: 9 } }], cluster, [one, limited])).toThrow(
      /takes 5 in all/,
    );
  });

  test('tells of all problems at once', () => {
    expect(() =>
      graph([
        { from: one, to: api, port: 'a' },
        { from: two, to: api, port: 'b' },
      ]),
    ).toThrow(/"a"(.|\n)*"b"/);
  });

  test('is refused where two parties have one name', () => {
    expect(() => graph([], cluster, [one, party('one')])).toThrow(/shop\/one: two parties have this name/);
  });
});

describe('timeouts and retries of one port', () => {
  const both = (first: object, second: object): readonly Edge[] => [
    { from: one, to: api, port: 'http', options: first },
    { from: two, to: api, port: 'http', options: second },
  ];

  test('are one for all callers', () => {
    expect(() => graph(both({ timeout: '2s', retries: 1 }, { timeout: '2s', retries: 1 }))).not.toThrow();
    expect(() => graph(both({ retries: 0 }, {}))).not.toThrow();
    expect(() => graph(both({ timeout: '2s', retries: 1 }, { timeout: '3s' }))).toThrow(
      /port "http" of shop\/api: its callers want different.*\n {2}shop\/one: timeout 2s, retries 1\n {2}shop\/two: timeout 3s, retries 0/,
    );
  });

  test('hold for callers that say nothing too, so these have to agree', () => {
    expect(() =>
      graph([...both({ timeout: '2s' }, { timeout: '2s' }), { from: party('edge'), to: api, port: 'http' }], cluster, [
        ...parties,
        party('edge'),
      ]),
    ).toThrow(/shop\/edge: timeout none/);
  });

  test('do not concern who goes past the Service, or who has a limit of its own', () => {
    const scrape: Edge = { from: two, to: api, port: 'http', direct: true };
    expect(() => graph([{ from: one, to: api, port: 'http', options: { timeout: '2s' } }, scrape])).not.toThrow();
    expect(() => graph(both({ timeout: '2s', rateLimit: 5 }, { timeout: '2s' }))).not.toThrow();
  });

  test('wait in a cluster without a mesh', () => {
    const bare = parties.map((each) => ({ ...each, meshed: false }));
    const [target, caller] = bare as [PodParty, PodParty];
    expect(() =>
      graph([{ from: caller, to: target, port: 'http', options: { timeout: '2s' } }], clusterWith({ mesh: false }), bare),
    ).not.toThrow();
  });
});

describe('addresses as callers', () => {
  const ports = { http: { number: 8080 }, raw: { number: 7000, mesh: 'outside' as const } };
  const hook = party('hook', { ports });
  const from = (blocks: readonly { readonly cidr: string; readonly except?: readonly string[] }[], port: string): Edge => ({
    from: { name: 'clients', blocks },
    to: hook,
    port,
  });

  test('are refused in the mesh where pods live among them: each pod would be let in, unproven', () => {
    const message = /clients includes 10\.0\.32\.0\/19, from which pods get their addresses.*`outsideMesh` of shop\/hook/;
    expect(() => graph([from([{ cidr: '10.0.32.0/20' }], 'http')], cluster, [hook])).toThrow(message);
    expect(() => graph([from([{ cidr: '0.0.0.0/0', except: ['10.0.32.0/20'] }], 'http')], cluster, [hook])).toThrow(message);
  });

  test('may call where no pods live, and ports outside the mesh', () => {
    const right = [
      from(internet(cluster).blocks, 'http'),
      from(apiServer(cluster).caller.blocks, 'http'),
      from([{ cidr: '10.0.32.0/20' }], 'raw'),
    ];
    expect(() => graph(right, cluster, [hook])).not.toThrow();
  });

  test('the API server shares its subnets with pods where the contract names none of its own', () => {
    const shared = clusterWith(contractWith({ vpc: { ...contract.vpc, subnets: { ...contract.vpc.subnets, controlPlane: {} } } }));
    expect(apiServer(shared).caller.blocks).toEqual([{ cidr: '10.0.32.0/19' }, { cidr: '10.0.64.0/19' }]);
    expect(apiServer(shared).callee.blocks).toContainEqual({ cidr: '172.20.0.1/32' });
    expect(() => graph([from(apiServer(shared).caller.blocks, 'http')], shared, [hook])).toThrow(/from which pods get their addresses/);
  });
});
