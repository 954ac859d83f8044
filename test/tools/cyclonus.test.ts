import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { isNetworkPolicy } from '../../checks/network/network-policy-rules';
import { judge } from '../../checks/reachability/judge';
import type { ForeignPods, Protocol } from '../../checks/reachability/model';
import { directionsOf } from '../../checks/reachability/network-policy';
import { namespaceLabels } from '../../checks/reachability/pods';
import { portSet } from '../../checks/reachability/port-set';
import { overlaps } from '../../checks/reachability/spans';
import { readFolder } from '../../checks/read';
import { clusters } from '../../fleet/clusters';
import { renderCluster } from '../../fleet/render';
import { readData } from '../../fleet/synth';
import type { SourcedObject } from '../../synth/object';
import { namespace, networkPolicy } from '../checks/reachability/objects';
import { namespaces, policies, type Spec, world } from '../checks/reachability/random';
import { type Question, simulated } from './cyclonus';
import { tool } from './tool';

// A second opinion on reachability, by people who know nothing of ours: cyclonus simulates NetworkPolicies, and its tables equal ours.

const root = resolve(__dirname, '../..');
let program: string;
beforeAll(() => {
  program = tool('cyclonus');
});

/** What ours says is open, in cyclonus' terms. */
function ours(
  objects: readonly SourcedObject[],
  { pods, protocol, ports }: Pick<Question, 'pods' | 'protocol' | 'ports'>,
): ReadonlySet<string> {
  const spaces = objects.filter(({ object }) => object.kind === 'Namespace' || isNetworkPolicy({ object, source: '' }));
  const made = judge(spaces, { foreignPods: pods });
  const open = new Set<string>();
  for (const from of made.pods) {
    for (const to of made.pods) {
      const network = made.network(from, to);
      for (const port of ports)
        if (overlaps(network, portSet({ protocol, first: port, last: port }))) open.add(`${from.id} > ${to.id} ${port}`);
    }
  }
  return open;
}

/** Both opinions on the same question; a difference is listed by what only one of them says. */
function differences(objects: readonly SourcedObject[], pods: readonly ForeignPods[], protocol: Protocol, ports: readonly number[]) {
  const labelsOf = namespaceLabels(objects);
  const spaces = Object.fromEntries(pods.map((group) => [group.namespace, labelsOf(group.namespace)]));
  // cyclonus wants the types said, as the API server's default fills them in.
  const said = objects.filter(isNetworkPolicy).map((one) => {
    const spec = one.object.spec as unknown as Spec;
    const policyTypes = directionsOf(one).map((direction) => (direction === 'ingress' ? 'Ingress' : 'Egress'));
    return networkPolicy(one.object.metadata.name, { ...spec, policyTypes }, one.object.metadata.namespace);
  });
  const theirs = simulated(program, { policies: said, pods, namespaces: spaces, protocol, ports });
  const mine = ours(objects, { pods, protocol, ports });
  return {
    onlyOurs: [...mine].filter((one) => !theirs.has(one)),
    onlyTheirs: [...theirs].filter((one) => !mine.has(one)),
    open: mine.size,
  };
}

describe.each(clusters)('$name', (definition) => {
  const { edges = [], foreignPods = [] } = renderCluster(definition, readData(root, definition)).facts;
  const [set] = readFolder(join(root, 'dist', definition.name)).sets;
  const objects = set?.objects ?? [];
  // Each with one address, inside the ranges that pods get theirs from, and with all the labels that it has.
  const pods = judge(objects, { foreignPods }).pods.map(
    ({ id, namespace: space, labels, serviceAccount, ports }, i): ForeignPods => ({
      id,
      namespace: space,
      labels,
      serviceAccount,
      meshed: false,
      ports,
      addresses: [`10.0.${Math.floor(i / 200)}.${(i % 200) + 1}/32`],
    }),
  );

  test.each(['TCP', 'UDP'] as const)('pods reach each other on the same ports of %s', (protocol) => {
    const declared = edges.filter((edge) => edge.protocol === protocol && 'pods' in edge.to).map(({ first }) => first);
    const own = pods.flatMap(({ ports }) => ports.filter((port) => port.protocol === protocol).map(({ port }) => port));
    // And a port that nobody has.
    const ports = [...new Set([...declared, ...own, 4143, 4191, 1])];
    const { onlyOurs, onlyTheirs, open } = differences(objects, pods, protocol, ports);
    expect({ onlyOurs, onlyTheirs }).toEqual({ onlyOurs: [], onlyTheirs: [] });
    // Nobody's opinion on nothing.
    expect(open).toBeGreaterThan(0);
    const closed = pods.length ** 2 * ports.length - open;
    expect(closed).toBeGreaterThan(open);
  });
});

describe('random policies', () => {
  const count = 300;
  const together = 5;
  /** A policy set in namespaces of its own; cyclonus is asked about several at once, and so of pods of other sets, too. */
  const moved = (set: readonly SourcedObject[], i: number) => ({
    objects: [
      ...Object.entries(namespaces).map(([name, labels]) => namespace(`${name}${i}`, labels)),
      ...set.map(({ object }) => networkPolicy(object.metadata.name, withoutNotIn(object.spec), `${object.metadata.namespace}${i}`)),
    ],
    pods: world.map((group): ForeignPods => {
      const address = group.addresses?.[0] ?? '';
      // The first set has the addresses that the random blocks are about, the others their neighbours.
      const [, third, last] = /^10\.0\.(\d+)\.(\S+)$/.exec(address) ?? [];
      return {
        ...group,
        id: group.id.replace('/', `${i}/`),
        namespace: `${group.namespace}${i}`,
        addresses: [`10.0.${2 * i + Number(third)}.${last}`],
      };
    }),
  });
  const sets = fc.sample(policies, { seed: 20_231, numRuns: count }).map((set, i) => moved(set, i % together));
  const batches = Array.from({ length: count / together }, (_, i) => sets.slice(i * together, (i + 1) * together));

  test.each(['TCP', 'UDP'] as const)(`${count} sets are read alike, for %s`, (protocol) => {
    let open = 0;
    for (const batch of batches) {
      const objects = batch.flatMap((one) => one.objects);
      const found = differences(
        objects,
        batch.flatMap(({ pods }) => pods),
        protocol,
        [79, 80, 81, 82, 83],
      );
      expect({ onlyOurs: found.onlyOurs, onlyTheirs: found.onlyTheirs }, JSON.stringify(objects.map(({ object }) => object))).toEqual({
        onlyOurs: [],
        onlyTheirs: [],
      });
      open += found.open;
    }
    expect(open).toBeGreaterThan(1000);
  });
});

/**
 * cyclonus takes `NotIn` to need the label. The documentation of labels and selectors says of `tier notin (frontend, backend)` that it selects
 * "all resources with no labels with the tier key" as well, and so does the API machinery that real network plugins use. The test below
 * notices when cyclonus is corrected.
 */
function withoutNotIn(spec: unknown): unknown {
  return JSON.parse(JSON.stringify(spec).replaceAll('"NotIn"', '"In"'));
}

test('NotIn selects pods without the label, though cyclonus says otherwise', () => {
  const notIn = { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] };
  const objects = [
    ...Object.entries(namespaces).map(([name, labels]) => namespace(name, labels)),
    networkPolicy('p', { podSelector: notIn }, 'x'),
  ];
  const { onlyOurs, onlyTheirs } = differences(objects, world, 'TCP', [80]);
  expect(onlyOurs).toEqual([]);
  expect(onlyTheirs).toEqual(['x/a > x/b 80', 'x/b > x/b 80', 'y/a > x/b 80', 'y/c > x/b 80']);
});
