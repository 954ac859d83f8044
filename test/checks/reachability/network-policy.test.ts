import { describe, expect, test } from 'vitest';
import { describeEnd, idsOf } from '../../../checks/reachability/comparison';
import type { ReachFacts } from '../../../checks/reachability/judge';
import type { PodPort, ReachedEnd } from '../../../checks/reachability/model';
import { describePorts, portSet } from '../../../checks/reachability/port-set';
import { reach } from '../../../checks/reachability/reach';
import { union } from '../../../checks/reachability/spans';
import type { SourcedObject } from '../../../synth/object';
import { namespace, networkPolicy, pods } from './objects';

const redis: PodPort = { name: 'redis', port: 6379, protocol: 'TCP' };

// As in the documentation: pods of the project, and of other namespaces.
const cast = [
  namespace('default', { project: 'default' }),
  namespace('myproject', { project: 'myproject', user: 'alice' }),
  namespace('other', { user: 'bob' }),
  pods('db', { labels: { role: 'db' }, ports: [redis, { port: 53, protocol: 'UDP', name: 'dns' }] }),
  pods('frontend', { labels: { role: 'frontend' } }),
  pods('client', { namespace: 'myproject', labels: { role: 'client' }, ports: [redis] }),
  pods('backend', { namespace: 'other', labels: { role: 'client' }, ports: [{ name: 'redis', port: 7000, protocol: 'TCP' }] }),
];

/** Ports that an end may reach of another, as text; all pairs of a table in one. */
function open(objects: readonly SourcedObject[], facts?: ReachFacts) {
  const { edges } = reach(objects, facts);
  const names = (end: ReachedEnd) => ('addresses' in end ? [describeEnd(end)] : idsOf(end).map((id) => id.split('/')[1]!));
  return (from: string, to: string) =>
    describePorts(union(...edges.filter((edge) => names(edge.from).includes(from) && names(edge.to).includes(to)).map(portSet)));
}

/** What a policy for the database's pods lets in. */
function into(spec: object, facts?: ReachFacts) {
  return open([...cast, networkPolicy('policy', { podSelector: { matchLabels: { role: 'db' } }, ...spec })], facts);
}

describe('which pods are isolated', () => {
  test('none without a policy: everything is open, to addresses too', () => {
    const ports = open(cast);
    expect(ports('frontend', 'db')).toBe('every port');
    expect(ports('db', 'backend')).toBe('every port');
    expect(ports('db', 'db')).toBe('every port');
    expect(ports('every address', 'db')).toBe('every port');
    expect(ports('db', 'every address')).toBe('every port');
  });

  test('only those of the policy’s namespace that it selects', () => {
    const ports = into({});
    expect(ports('frontend', 'db')).toBe('no port');
    expect(ports('every address', 'db')).toBe('no port');
    expect(ports('db', 'frontend')).toBe('every port');
    expect(ports('frontend', 'client')).toBe('every port');
  });

  test('all of the namespace with an empty selector', () => {
    const ports = open([...cast, networkPolicy('default-deny-ingress', { podSelector: {}, policyTypes: ['Ingress'] })]);
    expect(ports('client', 'db')).toBe('no port');
    expect(ports('db', 'frontend')).toBe('no port');
    expect(ports('db', 'client')).toBe('every port');
  });

  test.each([
    ['absent: ingress', { ingress: [] }, 'no port', 'every port'],
    ['absent, with egress rules: both', { egress: [{}] }, 'no port', 'every port'],
    ['absent, with egress rules that open little: both', { egress: [{ ports: [{ port: 53 }] }] }, 'no port', 'TCP 53'],
    ['absent, with an empty list of egress rules: ingress', { egress: [] }, 'no port', 'every port'],
    ['Ingress: egress rules are not read', { policyTypes: ['Ingress'], egress: [{ ports: [{ port: 53 }] }] }, 'no port', 'every port'],
    ['Egress: ingress stays open', { policyTypes: ['Egress'] }, 'every port', 'no port'],
    ['both', { policyTypes: ['Ingress', 'Egress'] }, 'no port', 'no port'],
  ])('policyTypes %s', (_, spec, inward, outward) => {
    const ports = into(spec);
    expect(ports('client', 'db')).toBe(inward);
    expect(ports('db', 'client')).toBe(outward);
  });

  test('pods on the host’s network are outside: no policy selects them, no peer is about them', () => {
    const agent = pods('agent', { labels: { role: 'frontend' }, hostNetwork: true });
    const everybody = { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] };
    const { edges, judge } = reach([agent, ...cast, networkPolicy('policy', everybody)]);
    expect(judge.pods.map(({ id }) => id)).not.toContain('default/agent');
    expect(edges.flatMap(({ from, to }) => [...idsOf(from), ...idsOf(to)])).not.toContain('default/agent');
  });
});

describe('peers', () => {
  test.each<[string, object, readonly string[]]>([
    ['absent: everything', {}, ['frontend', 'client', 'backend', 'every address']],
    ['an empty list: everything', { from: [] }, ['frontend', 'client', 'backend', 'every address']],
    ['podSelector: pods of the policy’s namespace', { from: [{ podSelector: { matchLabels: { role: 'client' } } }] }, []],
    ['an empty podSelector: all pods of the namespace', { from: [{ podSelector: {} }] }, ['frontend']],
    [
      'namespaceSelector: all pods of these namespaces',
      { from: [{ namespaceSelector: { matchLabels: { project: 'myproject' } } }] },
      ['client'],
    ],
    ['an empty namespaceSelector: all pods, and no addresses', { from: [{ namespaceSelector: {} }] }, ['frontend', 'client', 'backend']],
    [
      'the name that Kubernetes itself gives a namespace',
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } }] },
      ['backend'],
    ],
    [
      'several namespaces by expression',
      { from: [{ namespaceSelector: { matchExpressions: [{ key: 'user', operator: 'In', values: ['alice', 'bob'] }] } }] },
      ['client', 'backend'],
    ],
    [
      'both selectors in one peer: these pods of these namespaces',
      { from: [{ namespaceSelector: { matchLabels: { user: 'alice' } }, podSelector: { matchLabels: { role: 'client' } } }] },
      ['client'],
    ],
    [
      'the two selectors in two peers: either',
      { from: [{ namespaceSelector: { matchLabels: { user: 'alice' } } }, { podSelector: { matchLabels: { role: 'frontend' } } }] },
      ['frontend', 'client'],
    ],
    [
      'an expression that excludes',
      { from: [{ namespaceSelector: { matchExpressions: [{ key: 'project', operator: 'DoesNotExist' }] } }] },
      ['backend'],
    ],
    ['ipBlock: no pods whose addresses are not known', { from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }, ['0.0.0.0/0']],
  ])('%s', (_, rule, callers) => {
    const ports = into({ ingress: [rule] });
    const found = ['frontend', 'client', 'backend', '0.0.0.0/0', 'every address'].filter((from) => ports(from, 'db') !== 'no port');
    expect(found).toEqual(callers);
  });

  test('an ipBlock leaves out its exceptions, in either version', () => {
    const block = (cidr: string, except: readonly string[]) => ({ ipBlock: { cidr, except } });
    const ports = into({
      ingress: [
        { from: [block('172.17.0.0/16', ['172.17.1.0/24']), block('2001:db8::/47', ['2001:db8:1::/48'])], ports: [{ port: 6379 }] },
      ],
    });
    const rest = '172.17.0.0/24, 172.17.2.0/23, 172.17.4.0/22, 172.17.8.0/21, 172.17.16.0/20, 172.17.32.0/19 and 3 more ranges';
    expect(ports(rest, 'db')).toBe('TCP 6379');
  });

  test('an ipBlock is about pods whose addresses lie in it', () => {
    const block = { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] };
    expect(into(block, { podNetworks: ['10.0.0.0/16'] })('client', 'db')).toBe('every port');
    expect(into(block, { podNetworks: ['192.168.0.0/16'] })('client', 'db')).toBe('no port');
  });

  test('pods that are not rendered are peers as well', () => {
    const dns = {
      id: 'kube-system/dns',
      namespace: 'kube-system',
      labels: { app: 'dns' },
      serviceAccount: 'dns',
      meshed: false,
      ports: [],
    };
    const to = [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { app: 'dns' } },
      },
    ];
    const ports = into({ policyTypes: ['Egress'], egress: [{ to, ports: [{ port: 53, protocol: 'UDP' }] }] }, { foreignPods: [dns] });
    expect(ports('db', 'dns')).toBe('UDP 53');
    expect(ports('dns', 'frontend')).toBe('every port');
    // Of what two of them do, or one and the world, nothing here decides.
    expect(ports('dns', 'dns')).toBe('no port');
    expect(ports('every address', 'dns')).toBe('no port');
  });
});

describe('ports', () => {
  test.each<[string, object, string]>([
    ['absent: all', {}, 'every port'],
    ['an empty list: all', { ports: [] }, 'every port'],
    ['a number is of TCP', { ports: [{ port: 6379 }] }, 'TCP 6379'],
    ['a protocol alone is all its ports', { ports: [{ protocol: 'UDP' }] }, 'every UDP port'],
    ['an empty port is all of TCP', { ports: [{}] }, 'every TCP port'],
    ['endPort: a range, both ends included', { ports: [{ port: 32000, endPort: 32768 }] }, 'TCP 32000-32768'],
    [
      'several: either',
      { ports: [{ port: 80 }, { port: 81 }, { port: 53, protocol: 'UDP' }, { port: 9, protocol: 'SCTP' }] },
      'TCP 80-81, UDP 53, SCTP 9',
    ],
    ['a name is the number that the pods give it', { ports: [{ port: 'redis' }] }, 'TCP 6379'],
    ['a name of another protocol is none', { ports: [{ port: 'redis', protocol: 'UDP' }] }, 'no port'],
    ['a name that the pods do not have is none', { ports: [{ port: 'http' }] }, 'no port'],
    ['of two rules: both', { ports: [{ port: 'dns', protocol: 'UDP' }] }, 'UDP 53'],
  ])('%s', (_, rule, expected) => {
    expect(into({ ingress: [rule] })('client', 'db')).toBe(expected);
  });

  test('a name in an egress rule is what each callee gives it, and nothing at addresses', () => {
    const ports = into({
      policyTypes: ['Egress'],
      egress: [{ to: [{ namespaceSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 'redis' }] }],
    });
    expect(ports('db', 'client')).toBe('TCP 6379');
    expect(ports('db', 'backend')).toBe('TCP 7000');
    expect(ports('db', 'frontend')).toBe('no port');
    expect(ports('db', '10.0.0.0/8')).toBe('no port');
  });

  test('a connection has to be let out and let in', () => {
    const egress = networkPolicy('out', {
      podSelector: { matchLabels: { role: 'frontend' } },
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 6000, endPort: 6379 }] }],
    });
    const ingress = networkPolicy('in', {
      podSelector: { matchLabels: { role: 'db' } },
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 6300, endPort: 7000 }] }],
    });
    expect(open([...cast, egress, ingress])('frontend', 'db')).toBe('TCP 6300-6379');
  });
});

test('the example of the documentation', () => {
  const ports = into({
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          { ipBlock: { cidr: '172.17.0.0/16', except: ['172.17.1.0/24'] } },
          { namespaceSelector: { matchLabels: { project: 'myproject' } } },
          { podSelector: { matchLabels: { role: 'frontend' } } },
        ],
        ports: [{ protocol: 'TCP', port: 6379 }],
      },
    ],
    egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/24' } }], ports: [{ protocol: 'TCP', port: 5978 }] }],
  });
  expect(ports('frontend', 'db')).toBe('TCP 6379');
  expect(ports('client', 'db')).toBe('TCP 6379');
  expect(ports('backend', 'db')).toBe('no port');
  expect(ports('db', '10.0.0.0/24')).toBe('TCP 5978');
  expect(ports('db', 'frontend')).toBe('no port');
});

test.each([
  ['default deny all ingress', { policyTypes: ['Ingress'] }, 'no port', 'every port'],
  ['allow all ingress', { ingress: [{}], policyTypes: ['Ingress'] }, 'every port', 'every port'],
  ['default deny all egress', { policyTypes: ['Egress'] }, 'every port', 'no port'],
  ['allow all egress', { egress: [{}], policyTypes: ['Egress'] }, 'every port', 'every port'],
  ['default deny all', { policyTypes: ['Ingress', 'Egress'] }, 'no port', 'no port'],
])('the default policy "%s"', (_, spec, inward, outward) => {
  const ports = open([...cast, networkPolicy('default', { podSelector: {}, ...spec })]);
  expect(ports('client', 'db')).toBe(inward);
  expect(ports('db', 'client')).toBe(outward);
});

test('several policies add up', () => {
  const db = { matchLabels: { role: 'db' } };
  const ports = open([
    ...cast,
    networkPolicy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    networkPolicy('a', { podSelector: db, ingress: [{ ports: [{ port: 1 }] }] }),
    networkPolicy('b', { podSelector: db, ingress: [{ ports: [{ port: 2 }] }] }),
  ]);
  expect(ports('client', 'db')).toBe('TCP 1-2');
});
