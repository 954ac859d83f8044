import { expect, test } from 'vitest';
import { comparison } from '../../../checks/reachability/comparison';
import type { DeclaredEdge } from '../../../checks/reachability/model';
import { reach } from '../../../checks/reachability/reach';
import { meshPolicy, namespace, networkPolicy, pods } from './objects';

const count = 5000;
const http = { name: 'http', port: 8080, protocol: 'TCP' } as const;
const spaceOf = (i: number) => `team-${i % 50}`;
const workloads = Array.from({ length: count }, (_, i) => pods(`w${i}`, { namespace: spaceOf(i), ports: [http] }));

// Times are the benchmark's business; here an answer that takes minutes, as one of all pairs would, runs into the test's time limit.
test('thousands of workloads with a few calls each are judged', () => {
  const call = (i: number) => [1, 7, 61].map((step) => (i + step) % count);
  const peer = (i: number) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': spaceOf(i) } },
    podSelector: { matchLabels: { app: `w${i}` } },
  });
  const ports = [{ port: 'http' }, { port: 4143 }];
  const callers = new Map<number, number[]>();
  for (let i = 0; i < count; i += 1) for (const to of call(i)) callers.set(to, [...(callers.get(to) ?? []), i]);
  const objects = [
    ...Array.from({ length: 50 }, (_, i) =>
      namespace(`team-${i}`, {}, { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'deny' }),
    ),
    ...workloads,
    ...Array.from({ length: 50 }, (_, i) =>
      networkPolicy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, `team-${i}`),
    ),
    ...Array.from({ length: count }, (_, i) => [
      networkPolicy(
        `w${i}`,
        {
          podSelector: { matchLabels: { app: `w${i}` } },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{ from: callers.get(i)!.map(peer), ports }],
          egress: [
            ...call(i).map((to) => ({ to: [peer(to)], ports })),
            { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12'] } }], ports: [{ port: 443 }] },
          ],
        },
        spaceOf(i),
      ),
      meshPolicy('Server', `w${i}`, { podSelector: { matchLabels: { app: `w${i}` } }, port: 'http' }, spaceOf(i)),
      meshPolicy(
        'AuthorizationPolicy',
        `w${i}`,
        {
          targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: `w${i}` },
          requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: `w${i}` }],
        },
        spaceOf(i),
      ),
      meshPolicy(
        'MeshTLSAuthentication',
        `w${i}`,
        { identityRefs: callers.get(i)!.map((from) => ({ kind: 'ServiceAccount', name: `w${from}`, namespace: spaceOf(from) })) },
        spaceOf(i),
      ),
    ]).flat(),
  ];
  const blocks = [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12'] }];
  const id = (i: number) => ({ pods: `${spaceOf(i)}/w${i}` });
  const declared = Array.from({ length: count }, (_, i): readonly DeclaredEdge[] => [
    ...call(i).map((to) => ({ from: id(i), to: id(to), protocol: 'TCP', first: 8080, last: 8080, name: `w${i} calls w${to}` }) as const),
    {
      from: id(i),
      to: { addresses: { name: 'internet', blocks } },
      protocol: 'TCP',
      first: 443,
      last: 443,
      name: `w${i} calls the internet`,
    },
  ]).flat();
  expect(comparison(reach(objects, { podNetworks: ['10.0.0.0/16'] }), declared)).toEqual({ missing: [], extra: [] });
});

test('without policies, all pairs are a few edges', () => {
  const { extra } = comparison(reach(workloads), []);
  expect(extra.filter(({ from, to }) => !('addresses' in from) && !('addresses' in to))).toHaveLength(3);
});
