import { describe, expect, test } from 'vitest';
import { EXTERNAL_SECRETS_NAMESPACE, externalSecrets } from '../../charts/external-secrets/unit';
import { SecretStoresChart } from '../../charts/secret-stores/chart';
import { SECRET_STORES } from '../../charts/secret-stores/names';
import { environments } from '../../overlays/environments';
import { clusterWith, contractWith, type Rendered } from '../workload/support';
import { rendered } from './support';

describe('secret stores', () => {
  const objects = rendered((app) => new SecretStoresChart(app, 'secret-stores', clusterWith()));

  test('are those that workloads name', () => {
    expect(objects.of('ClusterSecretStore').map(({ metadata }) => metadata.name)).toEqual(Object.values(SECRET_STORES));
  });

  test('hold no credentials, and serve the namespace of the workloads only', () => {
    for (const { spec } of objects.of('ClusterSecretStore')) {
      expect(Object.keys(spec.provider.aws).sort()).toEqual(['region', 'service']);
      expect(spec.provider.aws.region).toBe('us-east-1');
      expect(spec.conditions).toEqual([{ namespaces: ['shop'] }]);
    }
  });

  test('the operator reaches DNS and AWS, but not the metadata service of its node', () => {
    const { spec, metadata } = objects.one('NetworkPolicy');
    expect(metadata.namespace).toBe(EXTERNAL_SECRETS_NAMESPACE);
    const [, aws, ...others] = spec.egress;
    expect(others).toEqual([]);
    expect(aws).toEqual({ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }], ports: [{ protocol: 'TCP', port: 443 }] });
  });

  test("the operator's webhook is called from the VPC, where the API server is", () => {
    const { spec } = objects.one('NetworkPolicy');
    expect(spec.ingress).toContainEqual({ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ protocol: 'TCP', port: 10250 }] });
  });
});

describe('External Secrets Operator', () => {
  const valuesOf = (cluster = clusterWith()): Rendered => {
    const { source } = externalSecrets(cluster);
    return source.kind === 'chart' ? source.valuesObject : undefined;
  };

  test('runs under the service account whose role the contract names', () => {
    expect(valuesOf().serviceAccount).toEqual({
      name: 'external-secrets',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/shop-dev-external-secrets' },
    });
    expect(() => valuesOf(clusterWith(contractWith({ roles: {} })))).toThrow(
      /aws.yaml: roles has no entry "external-secrets\/external-secrets"/,
    );
  });

  test('is highly available where the environment says so, with a leader among its replicas', () => {
    expect(valuesOf()).toMatchObject({ replicaCount: 1, leaderElect: false, podDisruptionBudget: { enabled: false } });
    expect(valuesOf(clusterWith({ environment: environments.production }))).toMatchObject({
      replicaCount: 2,
      leaderElect: true,
      webhook: { replicaCount: 2 },
      podDisruptionBudget: { enabled: true },
    });
  });

  test('is pinned to a version, needs its namespace, and provides its kinds', () => {
    const { source, needs, provides } = externalSecrets(clusterWith());
    expect(source).toMatchObject({ kind: 'chart', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(needs).toContainEqual({ kind: 'namespace', name: EXTERNAL_SECRETS_NAMESPACE });
    expect(provides).toContainEqual({ kind: 'crds', name: 'external-secrets.io' });
  });
});
