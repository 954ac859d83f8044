import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, namespace, service, type Unit } from '../gitops';
import { apiServer, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';
import type { PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { chartSource } from '../platform/pinned';
import { argoRolloutsValues, CONTROLLER_SELECTOR } from './values';

export { type ArgoRolloutsValues, argoRolloutsValues } from './values';

/** Namespace of the controller. */
export const ARGO_ROLLOUTS_NAMESPACE = 'argo-rollouts';

/** What the controller may request, with room for a rollout. */
const QUOTA = { cpu: '300m', memory: '1Gi', pods: 6 } as const;
const RBAC = 'rbac.authorization.k8s.io';

/** The controller's pods; who lets it ask for metrics names it as the caller. */
export const rolloutsController = (cluster: Pick<Cluster, 'mesh'>): PodParty => ({
  name: 'argo-rollouts',
  namespace: ARGO_ROLLOUTS_NAMESPACE,
  selector: CONTROLLER_SELECTOR,
  serviceAccount: 'argo-rollouts',
  // It asks Prometheus, which takes meshed callers alone where there is a mesh.
  meshed: cluster.mesh,
  ports: { metrics: { number: 8090 } },
  foreign: true,
});

function network(cluster: Cluster): NetworkPart {
  const controller = rolloutsController(cluster);
  return {
    parties: [controller],
    edges: [
      ...commonEdges(controller, cluster),
      { from: controller, to: apiServer(cluster).callee, port: 443 },
      { from: prometheus(cluster), to: controller, port: 'metrics', direct: true },
    ],
  };
}

function unit(cluster: Cluster): Unit {
  return {
    name: 'argo-rollouts',
    tier: 'platform',
    project: 'platform',
    namespace: ARGO_ROLLOUTS_NAMESPACE,
    provides: [service('argo-rollouts')],
    needs: [
      namespace(ARGO_ROLLOUTS_NAMESPACE),
      crds('argoproj.io'),
      crds('monitoring.coreos.com'),
      ...(cluster.mesh ? [service('mesh')] : []),
    ],
    source: chartSource(catalogue['argo-rollouts'], cluster, argoRolloutsValues(cluster)),
    objects: [],
    clusterKinds: [
      { group: RBAC, kind: 'ClusterRole' },
      { group: RBAC, kind: 'ClusterRoleBinding' },
    ],
    namespacedKinds: [
      { group: '', kind: 'ConfigMap' },
      { group: '', kind: 'Service' },
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'Deployment' },
      { group: 'monitoring.coreos.com', kind: 'ServiceMonitor' },
      { group: 'policy', kind: 'PodDisruptionBudget' },
    ],
  };
}

/** Argo Rollouts: canary and blue-green. `service argo-rollouts` stands once its controller runs. */
export function argoRollouts(cluster: Cluster): PlatformComponent {
  return {
    runs: [catalogue['argo-rollouts']],
    namespaces: [{ name: ARGO_ROLLOUTS_NAMESPACE, meshed: cluster.mesh, quota: QUOTA }],
    network: network(cluster),
    deliver: () => [{ unit: crdsUnit(catalogue['argo-rollouts'], cluster, ['argoproj.io']) }, { unit: unit(cluster) }],
  };
}
