import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksSet, cidrSet } from '../../../checks/reachability/address-set';
import { comparison, idsOf } from '../../../checks/reachability/comparison';
import { judge } from '../../../checks/reachability/judge';
import type { DeclaredEdge, ReachedEdge, ReachedEnd } from '../../../checks/reachability/model';
import { portSet } from '../../../checks/reachability/port-set';
import { reach } from '../../../checks/reachability/reach';
import { difference, overlaps } from '../../../checks/reachability/spans';
import type { SourcedObject } from '../../../synth/object';
import { type Asked, isOpen } from './naive';
import { networkPolicy } from './objects';
import { asked, namespaces, policies, rule, type Spec, world, worldObjects } from './random';

/** Addresses around the boundaries that blocks of the random policies have; none is one of the pods'. */
const addresses = [
  '10.0.0.0',
  '10.0.0.3',
  '10.0.0.255',
  '10.0.1.0',
  '10.0.2.0',
  '10.255.255.255',
  '9.255.255.255',
  '192.168.0.0',
  '192.169.0.0',
];

const parties: readonly Asked[] = [...world, ...addresses];
const pairs = parties
  .flatMap((from) => parties.map((to) => [from, to] as const))
  .filter(([a, b]) => typeof a !== 'string' || typeof b !== 'string');

/** The answers to all questions about a set of policies. */
function answers(set: readonly SourcedObject[]): readonly string[] {
  const made = judge([...worldObjects, ...set], { foreignPods: world });
  const pods = new Map(made.pods.map((one) => [one.id, one]));
  return pairs.flatMap(([from, to]) =>
    asked.flatMap(({ protocol, port }) => {
      const wanted = portSet({ protocol, first: port, last: port });
      const open = () => {
        if (typeof from !== 'string' && typeof to !== 'string') return overlaps(made.network(pods.get(from.id)!, pods.get(to.id)!), wanted);
        const [own, address, direction] = typeof from === 'string' ? [to, from, 'ingress' as const] : [from, to, 'egress' as const];
        if (typeof own === 'string') return false;
        const pieces = made.side(pods.get(own.id)!, direction).region;
        return pieces.some((piece) => overlaps(piece.ports, wanted) && overlaps(piece.addresses, cidrSet(`${address}/32`)));
      };
      return open() ? [`${nameOf(from)} > ${nameOf(to)} ${protocol} ${port}`] : [];
    }),
  );
}

/** Do two sets of policies give the same answers? */
const same = (a: readonly SourcedObject[], b: readonly SourcedObject[]): void => {
  expect(answers(a)).toEqual(answers(b));
};
const few = { numRuns: 50 };

const nameOf = (party: Asked) => (typeof party === 'string' ? party : party.id);
const specOf = ({ object }: SourcedObject) => object.spec as unknown as Spec;
const withSpec = ({ object }: SourcedObject, spec: object, name = object.metadata.name) =>
  networkPolicy(name, spec, object.metadata.namespace);

test('the evaluator agrees with one that asks for every pair, port and address', () => {
  fc.assert(
    fc.property(policies, (set) => {
      const expected = pairs.flatMap(([from, to]) =>
        asked.flatMap(({ protocol, port }) =>
          isOpen(set, namespaces, from, to, protocol, port) ? [`${nameOf(from)} > ${nameOf(to)} ${protocol} ${port}`] : [],
        ),
      );
      expect(answers(set)).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

describe('it does not matter', () => {
  const shuffled = fc.shuffledSubarray;
  const permuted = <T>(list: readonly T[]) => shuffled([...list], { minLength: list.length, maxLength: list.length });

  test('in which order policies stand', () => {
    const both = policies.chain((set) => fc.tuple(fc.constant(set), permuted(set)));
    fc.assert(
      fc.property(both, ([set, other]) => same(other, set)),
      few,
    );
  });

  test('in which order rules, peers and ports stand', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return [...value].reverse().map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, reversed(member)]));
    };
    fc.assert(
      fc.property(policies, (set) =>
        same(
          set.map((one) => withSpec(one, reversed(specOf(one)) as Spec)),
          set,
        ),
      ),
      few,
    );
  });

  test('whether one policy has two rules, or two policies one each', () => {
    const split = (one: SourcedObject): readonly SourcedObject[] => {
      const spec = specOf(one);
      const types = spec.policyTypes ?? ((spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']);
      const parts = [
        ...(spec.ingress ?? []).map((ingress) => ({ ingress: [ingress] })),
        ...(spec.egress ?? []).map((egress) => ({ egress: [egress] })),
        {},
      ];
      return parts.map((part, i) =>
        withSpec(one, { podSelector: spec.podSelector, policyTypes: types, ...part }, `${one.object.metadata.name}-${i}`),
      );
    };
    fc.assert(
      fc.property(policies, (set) => same(set.flatMap(split), set)),
      few,
    );
  });

  test('whether there is a policy that selects no pods', () => {
    const nobody = { podSelector: { matchLabels: { app: 'nobody' } }, policyTypes: ['Ingress', 'Egress'] };
    fc.assert(
      fc.property(policies, (set) => same([...set, networkPolicy('nobody', nobody, 'x')], set)),
      few,
    );
  });
});

test('a rule more never closes anything', () => {
  fc.assert(
    fc.property(policies, rule('from'), rule('to'), (set, ingress, egress) => {
      const more = set.map((one) => {
        const spec = specOf(one);
        // Egress rules of a policy that has none could isolate.
        const isEgress = spec.policyTypes?.includes('Egress') ?? (spec.egress ?? []).length > 0;
        return withSpec(one, {
          ...spec,
          ingress: [...(spec.ingress ?? []), ingress],
          ...(isEgress ? { egress: [...(spec.egress ?? []), egress] } : {}),
        });
      });
      expect(answers(more)).toEqual(expect.arrayContaining([...answers(set)]));
    }),
    few,
  );
});

describe('the list of edges', () => {
  const list = (set: readonly SourcedObject[]) => reach([...worldObjects, ...set], { foreignPods: world }).edges;
  const includes = (end: ReachedEnd, party: Asked) => {
    if (typeof party !== 'string') return idsOf(end).includes(party.id);
    return 'addresses' in end && overlaps(blocksSet(end.addresses.blocks), cidrSet(`${party}/32`));
  };
  const holding = (edges: readonly ReachedEdge[], from: Asked, to: Asked, wanted: ReturnType<typeof portSet>) =>
    edges.filter((edge) => includes(edge.from, from) && includes(edge.to, to) && overlaps(portSet(edge), wanted));

  test('has every open connection once, save those that no policy here judges', () => {
    fc.assert(
      fc.property(policies, (set) => {
        const edges = list(set);
        const made = judge([...worldObjects, ...set], { foreignPods: world });
        const isolated = (party: Asked, direction: 'ingress' | 'egress') =>
          typeof party !== 'string' && made.side(made.pods.find(({ id }) => id === party.id)!, direction).isolated;
        const open = new Set(answers(set));
        for (const [from, to] of pairs) {
          for (const { protocol, port } of asked) {
            const judged = isolated(from, 'egress') || isolated(to, 'ingress');
            const expected = judged && open.has(`${nameOf(from)} > ${nameOf(to)} ${protocol} ${port}`) ? 1 : 0;
            expect(holding(edges, from, to, portSet({ protocol, first: port, last: port }))).toHaveLength(expected);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('compared with itself, nothing is missing and nothing extra; less or more is told exactly', () => {
    const declare = (edges: readonly ReachedEdge[]): readonly DeclaredEdge[] =>
      edges.flatMap((edge) => {
        const ends = (end: ReachedEnd) => ('addresses' in end ? [end] : idsOf(end).map((id) => ({ pods: id })));
        return ends(edge.from).flatMap((from) => ends(edge.to).map((to) => ({ ...edge, from, to, name: 'an edge' })));
      });
    fc.assert(
      fc.property(policies, fc.nat(), (set, n) => {
        const reached = reach([...worldObjects, ...set], { foreignPods: world });
        const declared = declare(reached.edges);
        expect(comparison(reached, declared)).toEqual({ missing: [], extra: [] });
        const left = declared[n % Math.max(declared.length, 1)];
        if (left === undefined) return;
        const { extra } = comparison(
          reached,
          declared.filter((edge) => edge !== left),
        );
        expect(declare(extra).map(({ from, to, protocol, first, last }) => ({ from, to, protocol, first, last }))).toEqual([
          { from: left.from, to: left.to, protocol: left.protocol, first: left.first, last: left.last },
        ]);
      }),
    );
  });

  test('an edge that is closed is missing by exactly what is closed', () => {
    fc.assert(
      fc.property(policies, (set) => {
        const reached = reach([...worldObjects, ...set], { foreignPods: world });
        const made = reached.judge;
        for (const from of made.pods) {
          for (const to of made.pods) {
            const declared = {
              from: { pods: from.id },
              to: { pods: to.id },
              protocol: 'TCP',
              first: 70,
              last: 90,
              name: 'an edge',
            } as const;
            const missing = comparison(reached, [declared]).missing.flatMap(({ closed }) => [...portSet(closed)]);
            expect(missing).toEqual(difference(portSet(declared), made.network(from, to)));
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
