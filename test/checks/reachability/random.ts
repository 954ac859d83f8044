import fc from 'fast-check';
import type { ForeignPods } from '../../../checks/reachability/model';
import type { SourcedObject } from '../../../synth/object';
import { namespace, networkPolicy } from './objects';

/** A world that is small enough to ask about everything in it, and has a bit of all that policies tell apart. */
export const namespaces = { x: { team: 'red' }, y: { team: 'blue' } } as const;

const group = (id: string, labels: Readonly<Record<string, string>>, address: string, ports: ForeignPods['ports']): ForeignPods => ({
  id,
  namespace: id.split('/')[0]!,
  labels,
  serviceAccount: 'default',
  meshed: false,
  ports,
  addresses: [`${address}/32`],
});

const http = { name: 'http', port: 80, protocol: 'TCP' } as const;

/** Pods with an address each. Names of ports are other numbers elsewhere. */
export const world: readonly ForeignPods[] = [
  group('x/a', { app: 'a', tier: 'front' }, '10.0.0.1', [http, { name: 'dns', port: 81, protocol: 'UDP' }]),
  group('x/b', { app: 'b' }, '10.0.0.2', [{ ...http, port: 81 }]),
  group('y/a', { app: 'a' }, '10.0.1.1', [http]),
  group('y/c', { app: 'c', tier: 'front' }, '10.0.1.2', [{ name: 'dns', port: 80, protocol: 'UDP' }]),
];

/** Ports that are worth asking about, with the neighbours of those that rules name. */
export const asked = (['TCP', 'UDP'] as const).flatMap((protocol) => [79, 80, 81, 82, 83].map((port) => ({ protocol, port })));

export const worldObjects: readonly SourcedObject[] = Object.entries(namespaces).map(([name, labels]) => namespace(name, labels));

/** One of some values, or `undefined`. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom('app', 'tier', 'team'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(fc.constantFrom('a', 'b', 'front', 'red'), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key: fc.constantFrom('app', 'tier', 'team'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

const selector = (labels: Readonly<Record<string, readonly string[]>>) =>
  fc.record(
    {
      matchLabels: fc.oneof(
        ...Object.entries(labels).map(([key, values]) => fc.constantFrom(...values).map((value) => ({ [key]: value }))),
      ),
      matchExpressions: fc.array(expression, { minLength: 1, maxLength: 1 }),
    },
    { requiredKeys: [] },
  );

const podSelector = selector({ app: ['a', 'b', 'c'], tier: ['front'] });
const namespaceSelector = selector({ team: ['red', 'blue'] });

const block = fc.constantFrom(
  { cidr: '10.0.0.0/24' },
  { cidr: '10.0.0.0/16', except: ['10.0.1.0/24'] },
  { cidr: '10.0.0.0/8', except: ['10.0.0.2/32', '10.0.1.2/32'] },
  { cidr: '10.0.1.2/32' },
  { cidr: '192.168.0.0/16' },
);

export const peer = fc.oneof(
  { weight: 3, arbitrary: podSelector.map((pods) => ({ podSelector: pods })) },
  { weight: 2, arbitrary: namespaceSelector.map((spaces) => ({ namespaceSelector: spaces })) },
  { weight: 2, arbitrary: fc.record({ podSelector, namespaceSelector }) },
  { weight: 2, arbitrary: block.map((ipBlock) => ({ ipBlock })) },
);

export const port = fc.oneof(
  fc.record({
    protocol: maybe(fc.constantFrom('TCP', 'UDP')),
    port: maybe(fc.oneof(fc.constantFrom(80, 81, 82), fc.constantFrom('http', 'dns'))),
  }),
  fc.tuple(fc.constantFrom(79, 80, 81), fc.nat(3)).map(([first, more]) => ({ port: first, endPort: first + more })),
);

export const rule = (side: 'from' | 'to') =>
  fc.record({ [side]: fc.array(peer, { maxLength: 3 }), ports: fc.array(port, { maxLength: 2 }) }, { requiredKeys: [] });

export interface Spec {
  readonly podSelector: object;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly object[];
  readonly egress?: readonly object[];
}

export const spec: fc.Arbitrary<Spec> = fc.record(
  {
    podSelector,
    policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: fc.array(rule('from'), { maxLength: 2 }),
    egress: fc.array(rule('to'), { maxLength: 2 }),
  },
  { requiredKeys: ['podSelector'] },
);

/** Sets of NetworkPolicies. */
export const policies = fc
  .array(fc.record({ spec, space: fc.constantFrom('x', 'y') }), { minLength: 1, maxLength: 4 })
  .map((list) => list.map((one, i) => networkPolicy(`p${i}`, one.spec, one.space)));
