import { describe, expect, test } from 'vitest';
import { actionsRunner } from '../../charts/actions-runner';
import { argoCd } from '../../charts/argo-cd';
import { argoRollouts } from '../../charts/argo-rollouts';
import type { Cluster } from '../../charts/cluster';
import { externalSecrets } from '../../charts/external-secrets';
import { type Capability, crds, ingressClass, issuer, secretStore, service } from '../../charts/gitops';
import { keda } from '../../charts/keda';
import type { PlatformComponent } from '../../charts/platform/component';
import { velero } from '../../charts/velero';
import { runChecks } from '../../checks/run';
import { factsOf, networkFacts } from '../../fleet/facts';
import { environments } from '../../overlays/environments';
import { clusterWith, contract } from '../workload/support';
import { delivered } from './delivered';

const role = 'arn:aws:iam::111122223333:role/shop-dev-any';
const data = {
  ...contract,
  roles: { ...contract.roles, 'keda/keda-operator': role, 'velero/velero': role },
  secrets: {
    ...contract.secrets,
    'argocd-notifications': 'shop/dev/notifications',
    'argocd-oidc': 'shop/dev/oidc',
    'argocd-repository': 'shop/dev/repository',
    'github-runners': 'shop/dev/runners',
  },
  buckets: { backups: { name: 'shop-backups-dev', arn: 'arn:aws:s3:::shop-backups-dev' } },
};

/** What other components bring. */
const given: readonly Capability[] = [
  service('cert-manager'),
  crds('cert-manager.io'),
  issuer('letsencrypt'),
  ingressClass('nginx'),
  secretStore('aws-secrets-manager'),
  service('snapshot-controller'),
];

const others: PlatformComponent = {
  runs: [],
  namespaces: [],
  network: { parties: [], edges: [] },
  deliver: () => [
    {
      unit: {
        name: 'given',
        tier: 'platform',
        project: 'platform',
        namespace: 'default',
        stage: 'crds',
        provides: given,
        needs: [],
        source: { kind: 'git', repoURL: 'https://git.example/given.git', path: '.', tag: 'v1' },
        objects: [],
      },
    },
  ],
};

const components = (cluster: Cluster): readonly PlatformComponent[] => [
  externalSecrets(cluster),
  argoRollouts(cluster),
  keda(cluster, { aws: true }),
  velero(cluster),
  actionsRunner(cluster, {
    sets: [
      {
        name: 'linux',
        url: 'https://github.com/shop',
        max: 2,
        resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '4Gi' } },
      },
    ],
    quota: { cpu: '4', memory: '8Gi', pods: 4 },
  }),
  argoCd(cluster, {
    host: 'argocd.dev.shop.example',
    login: { issuer: 'https://login.shop.example', clientId: 'argocd' },
    repositorySecret: 'argocd-repository',
    notifications: { slack: { failures: 'ops' }, github: { appId: 1, installationId: 2 } },
  }),
];

describe.each(['1.28', '1.34'])('all pinned charts together on Kubernetes %s', (kubernetes) => {
  const cluster = clusterWith({
    kubernetes,
    mesh: false,
    environment: environments.production,
    aws: { file: 'aws.yaml', data },
    existing: given,
  });
  const { graph, objects, units } = delivered(cluster, [others, ...components(cluster)]);

  test('pass every check, with nothing open that no edge declares', () => {
    const { findings } = runChecks(objects.sourced, { ...factsOf(cluster), ...networkFacts(graph) });
    expect(findings.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
  });

  test('leave no definition to a chart, and pin every source', () => {
    for (const { source, clusterKinds = [], name } of units) {
      if (source.kind === 'chart') {
        expect(
          clusterKinds.map(({ kind }) => kind),
          name,
        ).not.toContain('CustomResourceDefinition');
        expect(source.version, name).toMatch(/^\d+\.\d+\.\d+$/);
      }
    }
  });
});
