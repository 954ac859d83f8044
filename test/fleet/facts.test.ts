import { expect, it } from 'vitest';
import { ingressClass, issuer, service } from '../../charts/gitops';
import { factsOf } from '../../fleet/facts';
import { stagingCluster } from '../../overlays/authorworks/staging/cluster';
import { environments } from '../../overlays/environments';

const facts = factsOf({
  ...stagingCluster,
  name: 'authorworks/staging',
  environment: environments.staging,
  existing: [ingressClass('nginx'), issuer('letsencrypt'), service('mesh')],
});

it('checks know cluster, Kubernetes minor, environment and node groups', () => {
  expect(facts).toMatchObject({ cluster: 'authorworks/staging', kubernetes: '1.28', environment: 'staging' });
  expect(facts.nodeGroups.map(({ name }) => name)).toEqual(['system', 'application', 'spot']);
});

it('what the cluster has anyway counts as objects; a service that runs there is none', () => {
  expect(facts.existing).toEqual(
    expect.arrayContaining(['IngressClass nginx', 'ClusterIssuer letsencrypt', 'Namespace argocd', 'ClusterRole view']),
  );
  expect(facts.existing.filter((name) => name.includes('mesh'))).toEqual([]);
});
