import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, namespace, service, type Unit } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { chartSource } from '../platform/pinned';
import { EXTERNAL_SECRETS_NAMESPACE } from './names';
import { externalSecretsNetwork } from './network';
import { externalSecretsValues } from './values';

export * from './names';
export { type ExternalSecretsValues, externalSecretsValues } from './values';

/** What the operator, its webhook and its certificate controller may request together, with room for a rollout. */
const QUOTA = { cpu: '500m', memory: '2Gi', pods: 15 } as const;
const RBAC = 'rbac.authorization.k8s.io';

function unit(cluster: Cluster): Unit {
  return {
    name: 'external-secrets',
    tier: 'platform',
    project: 'platform',
    namespace: EXTERNAL_SECRETS_NAMESPACE,
    stage: 'secrets',
    provides: [service('external-secrets')],
    needs: [
      namespace(EXTERNAL_SECRETS_NAMESPACE),
      crds('external-secrets.io'),
      crds('generators.external-secrets.io'),
      crds('monitoring.coreos.com'),
    ],
    source: chartSource(catalogue['external-secrets'], cluster, externalSecretsValues(cluster)),
    objects: [],
    clusterKinds: [
      { group: RBAC, kind: 'ClusterRole' },
      { group: RBAC, kind: 'ClusterRoleBinding' },
      { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
    ],
    namespacedKinds: [
      { group: '', kind: 'Secret' },
      { group: '', kind: 'Service' },
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'Deployment' },
      { group: 'monitoring.coreos.com', kind: 'ServiceMonitor' },
      { group: 'policy', kind: 'PodDisruptionBudget' },
      { group: RBAC, kind: 'Role' },
      { group: RBAC, kind: 'RoleBinding' },
    ],
  };
}

/**
 * External Secrets Operator: makes Secrets of what AWS stores. `service external-secrets` stands once its webhook answers, so stores and
 * ExternalSecrets need it.
 */
export function externalSecrets(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['external-secrets']],
    namespaces: [{ name: EXTERNAL_SECRETS_NAMESPACE, meshed: false, quota: QUOTA }],
    network: externalSecretsNetwork(cluster),
    deliver: () => [
      { unit: crdsUnit(catalogue['external-secrets'], cluster, ['external-secrets.io', 'generators.external-secrets.io']) },
      { unit: unit(cluster) },
    ],
  };
}
