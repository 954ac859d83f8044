import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { restrictedPodsPolicy } from '../../charts/namespaces/pod-policy';
import { collect, NamedChart } from '../../synth/collect';
import { scopes } from '../../synth/scope';
import type { Rendered } from '../workload/support';

// What the rules do is tested on a real API server: test/e2e/pod-policy.test.ts.

const render = (namespaces: readonly string[]): readonly Rendered[] => {
  const chart = new NamedChart(new App(), 'namespaces');
  restrictedPodsPolicy(chart, namespaces, { team: 'platform' });
  return collect(chart).map(({ object }) => object);
};
const objects = render(['shop', 'depot']);
const [policy, binding] = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].map((kind) =>
  objects.find((object) => object.kind === kind),
) as [Rendered, Rendered];

describe('the policy for meshed namespaces', () => {
  test('is a policy and a binding to it, both of the cluster', () => {
    expect(objects).toHaveLength(2);
    expect(binding.spec.policyName).toBe(policy.metadata.name);
    for (const { apiVersion, kind, metadata } of objects) {
      expect(scopes([])({ apiVersion, kind })).toBe('Cluster');
      expect(metadata).toEqual({ name: 'restricted-but-for-the-mesh', labels: { team: 'platform' } });
    }
  });

  test('denies, in exactly the given namespaces, in an order of its own', () => {
    expect(binding.spec.validationActions).toContain('Deny');
    expect(binding.spec.matchResources.namespaceSelector.matchExpressions).toEqual([
      { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['depot', 'shop'] },
    ]);
    expect(render(['depot', 'shop'])).toEqual(objects);
  });

  test('refuses when it cannot decide', () => {
    expect(policy.spec.failurePolicy).toBe('Fail');
  });

  test('tells with every rule what is wrong and, after a colon, what to do, within what the API server takes', () => {
    const messages = policy.spec.validations.map(({ message }: Rendered) => message);
    expect(new Set(messages).size).toBe(messages.length);
    for (const message of messages) expect(message).toMatch(/^\S.*: (remove|set|use) [^\n]*\.$/);
  });

  test('is left out where no namespace is meshed: an empty selector would not be accepted', () => {
    expect(render([])).toEqual([]);
  });
});
