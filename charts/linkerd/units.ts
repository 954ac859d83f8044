import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, type GroupKind, namespace, service, type Unit } from '../gitops';
import { chartSource } from '../platform/pinned';
import { CNI_NAMESPACE, LINKERD_NAMESPACE } from './names';
import type { LinkerdProps } from './props';
import { linkerdValues } from './values';

const RBAC = 'rbac.authorization.k8s.io';
const CLUSTER_ROLES: readonly GroupKind[] = [
  { group: RBAC, kind: 'ClusterRole' },
  { group: RBAC, kind: 'ClusterRoleBinding' },
];

/** Roots, issuer and webhook certificates have been asked for. */
export const MESH_IDENTITY = service('mesh-identity');
const MESH_CNI = service('mesh-cni');

/** Definitions of the mesh's policies. Those of the Gateway API come from its own project. */
export function linkerdCrds(cluster: Cluster): Unit {
  return {
    name: 'linkerd-crds',
    tier: 'platform',
    project: 'platform',
    // Definitions have no namespace, and come before the namespaces are made.
    namespace: 'default',
    stage: 'crds',
    provides: [crds('policy.linkerd.io'), crds('linkerd.io'), crds('workload.linkerd.io')],
    needs: [],
    source: chartSource(catalogue['linkerd-crds'], cluster, { installGatewayAPI: false }),
    objects: [],
    clusterKinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
    namespacedKinds: [],
  };
}

/** The control plane. `service mesh` stands once its injector answers: pods that are made before have no proxy. */
export function linkerdControlPlane(cluster: Cluster, props: LinkerdProps, meshed: readonly string[]): Unit {
  const ha = cluster.environment.highAvailability;
  return {
    name: 'linkerd',
    tier: 'platform',
    project: 'platform',
    namespace: LINKERD_NAMESPACE,
    stage: 'mesh',
    provides: [service('mesh')],
    needs: [
      namespace(LINKERD_NAMESPACE),
      crds('policy.linkerd.io'),
      crds('linkerd.io'),
      crds('workload.linkerd.io'),
      crds('gateway.networking.k8s.io'),
      crds('monitoring.coreos.com'),
      MESH_IDENTITY,
      ...(cluster.meshCni === true ? [MESH_CNI] : []),
    ],
    source: chartSource(catalogue.linkerd, cluster, linkerdValues(cluster, props, meshed)),
    objects: [],
    clusterKinds: [
      ...CLUSTER_ROLES,
      { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
      { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
    ],
    namespacedKinds: [
      { group: '', kind: 'ConfigMap' },
      { group: '', kind: 'Service' },
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'Deployment' },
      { group: 'monitoring.coreos.com', kind: 'PodMonitor' },
      ...(ha ? [{ group: 'policy', kind: 'PodDisruptionBudget' }] : []),
      { group: RBAC, kind: 'Role' },
      { group: RBAC, kind: 'RoleBinding' },
    ],
  };
}

/** Values of the chart `linkerd2-cni` that we set. */
type CniValues = {
  readonly priorityClassName: string;
  readonly resources: CniResources;
  readonly repairController: { readonly enabled: true; readonly logFormat: 'json'; readonly resources: CniResources };
};
type CniResources = { readonly cpu: { readonly request: string }; readonly memory: { readonly request: string; readonly limit: string } };

/** What the plugin's two containers request together on each node. */
export const CNI_REQUESTS = { cpu: 20, memory: 40 } as const;

/** The CNI plugin: it sets up the traffic of meshed pods from the node, so that they need no container with rights of its own. */
export function linkerdCni(cluster: Cluster): Unit {
  const half: CniResources = {
    cpu: { request: `${CNI_REQUESTS.cpu / 2}m` },
    memory: { request: `${CNI_REQUESTS.memory / 2}Mi`, limit: '64Mi' },
  };
  const values: CniValues = {
    priorityClassName: 'system-node-critical',
    resources: half,
    // Restarts pods that came up on a new node before the plugin did: they are outside the mesh otherwise.
    repairController: { enabled: true, logFormat: 'json', resources: half },
  };
  return {
    name: 'linkerd-cni',
    tier: 'platform',
    project: 'platform',
    namespace: CNI_NAMESPACE,
    stage: 'mesh',
    provides: [MESH_CNI],
    needs: [namespace(CNI_NAMESPACE)],
    source: chartSource(catalogue['linkerd-cni'], cluster, values),
    objects: [],
    clusterKinds: CLUSTER_ROLES,
    namespacedKinds: [
      { group: '', kind: 'ConfigMap' },
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'DaemonSet' },
    ],
  };
}
