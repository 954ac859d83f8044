import { role } from '../aws/refs';
import type { Cluster } from '../cluster';
import { crds, namespace, service, type Unit } from '../gitops';

/** Namespace of the operator. */
export const EXTERNAL_SECRETS_NAMESPACE = 'external-secrets';

/** What the operator, its webhook and its certificate controller may request together, with room for a rollout. */
export const EXTERNAL_SECRETS_QUOTA = { cpu: '500m', memory: '2Gi', pods: 15 } as const;

/**
 * External Secrets Operator from its upstream chart. 0.16 is the first line that serves `v1` and the last whose CRDs Kubernetes 1.28
 * takes. Its CRDs come with the chart, so that Application never prunes.
 */
export function externalSecrets(cluster: Cluster): Unit {
  const replicas = cluster.environment.highAvailability ? 2 : 1;
  return {
    name: 'external-secrets',
    tier: 'platform',
    project: 'platform',
    namespace: EXTERNAL_SECRETS_NAMESPACE,
    stage: 'secrets',
    provides: [crds('external-secrets.io'), service('external-secrets')],
    needs: [namespace(EXTERNAL_SECRETS_NAMESPACE)],
    source: {
      kind: 'chart',
      repoURL: 'https://charts.external-secrets.io',
      chart: 'external-secrets',
      version: '0.16.2',
      valuesObject: {
        installCRDs: true,
        // A definition that goes takes every object of its kind with it.
        crds: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
        replicaCount: replicas,
        leaderElect: replicas > 1,
        // An IAM role must be assumed through exactly this service account.
        serviceAccount: {
          name: 'external-secrets',
          annotations: { 'eks.amazonaws.com/role-arn': role(cluster.aws, EXTERNAL_SECRETS_NAMESPACE, 'external-secrets') },
        },
        resources: { requests: { cpu: '20m', memory: '96Mi' }, limits: { memory: '256Mi' } },
        webhook: {
          replicaCount: replicas,
          podDisruptionBudget: replicas > 1 ? { enabled: true, minAvailable: 1 } : { enabled: false },
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        },
        certController: { resources: { requests: { cpu: '10m', memory: '96Mi' }, limits: { memory: '256Mi' } } },
        podDisruptionBudget: replicas > 1 ? { enabled: true, minAvailable: 1 } : { enabled: false },
      },
    },
    objects: [],
    clusterKinds: [
      { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
      { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
    ],
    namespacedKinds: [
      { group: 'apps', kind: 'Deployment' },
      { group: 'policy', kind: 'PodDisruptionBudget' },
      { group: 'rbac.authorization.k8s.io', kind: 'Role' },
      { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
      { group: '', kind: 'Secret' },
      { group: '', kind: 'Service' },
      { group: '', kind: 'ServiceAccount' },
    ],
  };
}
