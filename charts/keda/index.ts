import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, namespace, service, type Unit } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { chartSource } from '../platform/pinned';
import type { KedaChoices } from './choices';
import { KEDA_NAMESPACE } from './names';
import { kedaNetwork } from './network';
import { kedaValues } from './values';

export type { KedaChoices } from './choices';
export { KEDA_NAMESPACE } from './names';
export { KEDA_OPERATOR } from './network';
export { type KedaValues, kedaValues } from './values';

/** What its three programs may request together, with room for a rollout of each. */
const QUOTA = { cpu: '500m', memory: '2Gi', pods: 15 } as const;
const RBAC = 'rbac.authorization.k8s.io';

function unit(cluster: Cluster, choices: KedaChoices): Unit {
  return {
    name: 'keda',
    tier: 'platform',
    project: 'platform',
    namespace: KEDA_NAMESPACE,
    provides: [service('keda')],
    needs: [namespace(KEDA_NAMESPACE), crds('keda.sh'), crds('eventing.keda.sh'), crds('monitoring.coreos.com')],
    source: chartSource(catalogue.keda, cluster, kedaValues(cluster, choices)),
    objects: [],
    clusterKinds: [
      { group: RBAC, kind: 'ClusterRole' },
      { group: RBAC, kind: 'ClusterRoleBinding' },
      { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
      { group: 'apiregistration.k8s.io', kind: 'APIService' },
    ],
    namespacedKinds: [
      { group: '', kind: 'Service' },
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'Deployment' },
      { group: 'monitoring.coreos.com', kind: 'PodMonitor' },
      { group: 'monitoring.coreos.com', kind: 'ServiceMonitor' },
      { group: 'policy', kind: 'PodDisruptionBudget' },
      { group: RBAC, kind: 'Role' },
      { group: RBAC, kind: 'RoleBinding' },
    ],
    // The metrics server may read how the API server authenticates those who call it.
    extraNamespaces: ['kube-system'],
  };
}

/** KEDA: scales workloads by events and queues. `service keda` stands once its metrics server and webhook answer. */
export function keda(cluster: Cluster, choices: KedaChoices = {}): PlatformComponent {
  return {
    runs: [catalogue.keda],
    namespaces: [{ name: KEDA_NAMESPACE, meshed: false, quota: QUOTA }],
    network: kedaNetwork(cluster, choices),
    deliver: () => [{ unit: crdsUnit(catalogue.keda, cluster, ['keda.sh', 'eventing.keda.sh']) }, { unit: unit(cluster, choices) }],
  };
}
