import { describe, expect, test } from 'vitest';
import { SecretStoresChart } from '../../charts/secret-stores/chart';
import { SECRET_STORES } from '../../charts/secret-stores/names';
import { clusterWith } from '../workload/support';
import { rendered } from './support';

describe('secret stores', () => {
  const objects = rendered((app) => new SecretStoresChart(app, 'secret-stores', clusterWith(), ['argocd', 'shop']));

  test('are those that workloads name', () => {
    expect(objects.of('ClusterSecretStore').map(({ metadata }) => metadata.name)).toEqual(Object.values(SECRET_STORES));
  });

  test('hold no credentials, and serve the namespaces that ask only', () => {
    for (const { spec } of objects.of('ClusterSecretStore')) {
      expect(Object.keys(spec.provider.aws).sort()).toEqual(['region', 'service']);
      expect(spec.provider.aws.region).toBe('us-east-1');
      expect(spec.conditions).toEqual([{ namespaces: ['argocd', 'shop'] }]);
    }
  });

  test('are the only objects of their chart', () => {
    expect(objects.all.map(({ kind }) => kind)).toEqual(Object.values(SECRET_STORES).map(() => 'ClusterSecretStore'));
  });
});
