import { describe, expect, test } from 'vitest';
import { externalSecrets } from '../../charts/external-secrets';
import { environments } from '../../overlays/environments';
import { delivered } from '../components/delivered';
import { clusterWith, contractWith, type Rendered } from '../workload/support';

const render = (changes = {}) => {
  const cluster = clusterWith(changes);
  return delivered(cluster, [externalSecrets(cluster)]);
};

describe('External Secrets Operator', () => {
  test.each([
    ['1.28', '0.16.2', 'v0.16.2'],
    ['1.34', '2.9.0', 'v2.9.0'],
  ])('on Kubernetes %s is chart %s, with its definitions from the same release', (kubernetes, version, tag) => {
    const { unit } = render({ kubernetes });
    expect(unit('external-secrets').source).toMatchObject({ kind: 'chart', version });
    expect(unit('external-secrets-crds').source).toMatchObject({ kind: 'git', tag });
  });

  test('leaves its definitions to their own Application, which is first', () => {
    const { values, wave } = render();
    expect(values('external-secrets').installCRDs).toBe(false);
    expect(wave('external-secrets-crds')).toBe(0);
    expect(wave('external-secrets')).toBeGreaterThan(wave('namespaces'));
  });

  test('runs under the service account whose role the contract names', () => {
    expect(render().values('external-secrets').serviceAccount).toEqual({
      name: 'external-secrets',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/shop-dev-external-secrets' },
    });
    expect(() => render(contractWith({ roles: {} }))).toThrow(/aws.yaml: roles has no entry "external-secrets\/external-secrets"/);
  });

  test('has a leader among its replicas where the environment is highly available', () => {
    expect(render().values('external-secrets')).toMatchObject({ replicaCount: 1, leaderElect: false, webhook: { replicaCount: 1 } });
    expect(render({ environment: environments.production }).values('external-secrets')).toMatchObject({
      replicaCount: 2,
      leaderElect: true,
      webhook: { replicaCount: 2 },
    });
  });

  test('lets a drain take one pod of each program, and never renders both limits', () => {
    const values = render().values('external-secrets');
    for (const { podDisruptionBudget } of [values, values.webhook, values.certController]) {
      // The older chart renders every limit that is not zero, and the API server takes one alone.
      expect(podDisruptionBudget).toEqual({ enabled: true, minAvailable: 0, maxUnavailable: 1 });
    }
  });
});

describe('network policies of the operator', () => {
  const policies = () => render().objects.of('NetworkPolicy');
  const policy = (name: string) => policies().find(({ metadata }: Rendered) => metadata.name === name)?.spec;

  test('let the operator alone out to AWS', () => {
    const out = policies().filter((object: Rendered) => JSON.stringify(object).includes('0.0.0.0/0'));
    expect(out.map(({ metadata }: Rendered) => metadata.name)).toEqual(['external-secrets']);
  });

  test('let the API server call the webhook, and nobody else', () => {
    expect(policy('external-secrets-webhook').ingress.find(({ ports }: Rendered) => ports[0].port === 10250).from).toEqual(
      ['10.0.12.0/28', '10.0.12.16/28'].map((cidr) => ({ ipBlock: { cidr } })),
    );
  });
});
