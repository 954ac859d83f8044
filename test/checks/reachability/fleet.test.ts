import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { edgeChecks } from '../../../checks/edges';
import { isNetworkPolicy } from '../../../checks/network/network-policy-rules';
import { comparison } from '../../../checks/reachability/comparison';
import { reach } from '../../../checks/reachability/reach';
import { readFolder } from '../../../checks/read';
import { runChecks } from '../../../checks/run';
import { clusters } from '../../../fleet/clusters';
import { renderCluster } from '../../../fleet/render';
import { readData } from '../../../fleet/synth';
import { groupOf, describe as name, type SourcedObject } from '../../../synth/object';
import { pods } from './objects';

const root = resolve(__dirname, '../../..');
const read = (definition: (typeof clusters)[number]) => {
  const { facts } = renderCluster(definition, readData(root, definition));
  return { facts, objects: readFolder(join(root, 'dist', definition.name)).sets.flatMap((set) => set.objects) };
};

describe.each(clusters)('$name', (definition) => {
  const { facts, objects } = read(definition);

  test('what dist leaves open is what is declared', () => {
    expect(facts.edges?.length).toBeGreaterThan(50);
    const { missing, extra } = comparison(reach(objects, facts), facts.edges ?? []);
    expect(missing).toEqual([]);
    // A rule for nodes leads to pods too, where both have addresses of the same subnets: such policies say so themselves.
    const exempted = objects.flatMap(({ object: { metadata } }) =>
      metadata.annotations?.['ignore-check.fleet/edge-declared'] === undefined ? [] : [`${metadata.namespace}/${metadata.name}`],
    );
    expect(extra.filter(({ from }) => !('pods' in from && exempted.includes(from.pods)))).toEqual([]);
  });
});

describe('in production', () => {
  const definition = clusters.find(({ environment }) => environment === 'production')!;
  const { facts, objects } = read(definition);
  const errors = (changed: readonly SourcedObject[], known = facts) =>
    runChecks(changed, known, edgeChecks).findings.filter(({ severity, check }) => severity === 'error' && check !== 'exemption');

  test('nothing is found', () => {
    expect(errors(objects)).toEqual([]);
  });

  test('every edge that is declared no more is found to be open', () => {
    const edges = facts.edges ?? [];
    const reached = reach(objects, facts);
    const unnoticed = edges.filter(
      (edge) =>
        comparison(
          reached,
          edges.filter((one) => one !== edge),
        ).extra.length === 0,
    );
    // Said twice, for two reasons: the port stays declared.
    const twice = unnoticed.filter((edge) =>
      edges.some((one) => one !== edge && JSON.stringify({ ...one, name: '' }) === JSON.stringify({ ...edge, name: '' })),
    );
    expect(unnoticed.map((edge) => edge.name)).toEqual(twice.map((edge) => edge.name));
  });

  test('every policy of either layer is missed', () => {
    const kinds = ['NetworkPolicy', 'Server', 'AuthorizationPolicy', 'MeshTLSAuthentication', 'NetworkAuthentication'];
    const isPolicy = (one: SourcedObject) =>
      isNetworkPolicy(one) || (kinds.includes(one.object.kind) && groupOf(one.object) === 'policy.linkerd.io');
    const policies = objects.filter(isPolicy);
    expect(policies.length).toBeGreaterThan(20);
    const unnoticed = policies.filter((policy) => errors(objects.filter((one) => one !== policy)).length === 0);
    // Each workload has a policy for both directions: a default deny is for pods that nobody knows.
    expect(unnoticed.filter(({ object }) => object.metadata.name !== 'default-deny').map(({ object }) => name(object))).toEqual([]);
  });

  test('a pod that nobody knows is closed, and found when nothing closes it', () => {
    const stray = pods('stray', { namespace: definition.platform.name, annotations: { 'linkerd.io/inject': 'disabled' } });
    expect(errors([...objects, stray])).toEqual([]);
    const open = objects.filter(({ object }) => object.metadata.name !== 'default-deny');
    expect(errors([...open, stray]).map(({ check }) => check)).toContain('edge-declared');
  });

  test('every rule of every NetworkPolicy is missed', () => {
    const unnoticed: string[] = [];
    for (const policy of objects.filter(isNetworkPolicy)) {
      // Its rule for nodes covers pods of the same subnets, and with them other rules of its.
      if (policy.object.metadata.annotations?.['ignore-check.fleet/edge-declared'] !== undefined) continue;
      const spec = policy.object.spec as { readonly ingress?: readonly unknown[]; readonly egress?: readonly unknown[] };
      for (const direction of ['ingress', 'egress'] as const) {
        for (const i of (spec[direction] ?? []).keys()) {
          const rules = (spec[direction] ?? []).filter((_, j) => j !== i);
          const less = { ...policy, object: { ...policy.object, spec: { ...spec, [direction]: rules } } } as unknown as SourcedObject;
          const found = errors(objects.map((one) => (one === policy ? less : one)));
          if (found.length === 0) unnoticed.push(`${name(policy.object)} ${direction}[${i}]`);
        }
      }
    }
    expect(unnoticed).toEqual([]);
  });
});
