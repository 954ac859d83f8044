import type { Cluster } from '../charts/cluster';
import type { Capability } from '../charts/gitops';
import { PROXY_RESOURCES } from '../charts/workload/mesh';
import type { ClusterFacts } from '../checks/facts';

/** Kinds behind the capabilities that stand for an object; the others are no object. */
const KINDS: Readonly<Record<Capability['kind'], string | undefined>> = {
  namespace: 'Namespace',
  'secret-store': 'ClusterSecretStore',
  issuer: 'ClusterIssuer',
  'ingress-class': 'IngressClass',
  'priority-class': 'PriorityClass',
  'storage-class': 'StorageClass',
  crds: undefined,
  service: undefined,
};

/** Roles that every Kubernetes cluster has for people. */
const BUILT_IN_ROLES = ['admin', 'cluster-admin', 'edit', 'view'];

/** What checks may know of a cluster beside its objects. */
export function factsOf(cluster: Pick<Cluster, 'name' | 'kubernetes' | 'nodeGroups' | 'environment' | 'existing'>): ClusterFacts {
  const existing = cluster.existing.flatMap(({ kind, name }) => (KINDS[kind] === undefined ? [] : [`${KINDS[kind]} ${name}`]));
  return {
    cluster: cluster.name,
    kubernetes: cluster.kubernetes,
    nodeGroups: cluster.nodeGroups,
    environment: cluster.environment.name,
    existing: [...existing, 'Namespace argocd', ...BUILT_IN_ROLES.map((role) => `ClusterRole ${role}`)],
    proxy: PROXY_RESOURCES,
  };
}
