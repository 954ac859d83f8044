import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { NamespacesChart } from '../../charts/namespaces/chart';
import { collect } from '../../synth/collect';
import { clusterWith, type Rendered } from '../workload/support';
import { rendered } from './support';

const quota = { cpu: '10', memory: '20Gi', pods: 50 };
const objects = rendered(
  (app) =>
    new NamespacesChart(
      app,
      'namespaces',
      clusterWith(),
      [
        { name: 'shop', meshed: true, quota },
        { name: 'tools', meshed: false, quota: { ...quota, pods: 5 } },
      ],
      [],
    ),
);
const levels = (name: string) => {
  const { labels } = objects.one('Namespace', name).metadata;
  return ['enforce', 'warn', 'audit'].map((mode) => labels[`pod-security.kubernetes.io/${mode}`]);
};

describe('a namespace', () => {
  test('enforces `restricted`', () => {
    expect(levels('tools')).toEqual(['restricted', 'restricted', 'restricted']);
  });

  test("with injection cannot enforce it, because of the proxy's init container; it warns and audits", () => {
    expect(levels('shop')).toEqual(['privileged', 'restricted', 'restricted']);
    expect(objects.one('Namespace', 'shop').metadata.annotations).toMatchObject({ 'linkerd.io/inject': 'enabled' });
    expect(objects.one('Namespace', 'tools').metadata).not.toHaveProperty('annotations');
  });

  test('denies all traffic that no policy opens, for all its pods', () => {
    for (const namespace of ['shop', 'tools']) {
      const [policy, ...others] = objects.of('NetworkPolicy').filter(({ metadata }) => metadata.namespace === namespace);
      expect(others).toEqual([]);
      expect(policy.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    }
  });

  test('has a quota of its own, and room for no load balancer', () => {
    const hard = objects
      .of('ResourceQuota')
      .map(({ metadata, spec }): Rendered => [metadata.namespace, spec.hard.pods, spec.hard['services.loadbalancers']]);
    expect(hard).toEqual([
      ['shop', '50', '0'],
      ['tools', '5', '0'],
    ]);
  });

  test('gives requests to containers that state none: the quota would refuse them', () => {
    for (const { spec } of objects.of('LimitRange')) expect(spec.limits[0].defaultRequest).toMatchObject({ cpu: '50m', memory: '64Mi' });
  });
});

test.each([
  ['1.29', []],
  ['1.30', ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']],
])('on Kubernetes %s the pods of meshed namespaces are held to `restricted` by %j', (kubernetes, expected) => {
  const chart = new NamespacesChart(new App(), 'namespaces', clusterWith({ kubernetes }), [{ name: 'shop', meshed: true, quota }], []);
  const kinds = collect(chart).map(({ object }) => object.kind);
  expect(kinds.filter((kind) => kind.startsWith('ValidatingAdmission'))).toEqual(expected);
});
