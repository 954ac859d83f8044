import type { Cluster } from '../charts/cluster';
import type { Capability } from '../charts/gitops';
import type { Graph, Party, PartyPort, PodParty } from '../charts/network';
import { describeEdge, portOfEdge } from '../charts/network/edge';
import { idOf, isPods } from '../charts/network/party';
import { PROXY_RESOURCES } from '../charts/workload/mesh';
import type { ClusterFacts } from '../checks/facts';
import type { DeclaredEdge, End, ForeignPods, PodPort } from '../checks/reachability/model';

/** Kinds behind the capabilities that stand for an object; the others are no object. */
const KINDS: Readonly<Record<Capability['kind'], string | undefined>> = {
  namespace: 'Namespace',
  'secret-store': 'ClusterSecretStore',
  issuer: 'ClusterIssuer',
  'ingress-class': 'IngressClass',
  'gateway-class': 'GatewayClass',
  'priority-class': 'PriorityClass',
  'storage-class': 'StorageClass',
  crds: undefined,
  service: undefined,
};

/** Roles that every Kubernetes cluster has: for people, and for API servers of others. */
const BUILT_IN_ROLES = [
  ...['admin', 'cluster-admin', 'edit', 'system:auth-delegator', 'view'].map((role) => `ClusterRole ${role}`),
  'Role kube-system/extension-apiserver-authentication-reader',
];

/** What checks may know of a cluster beside its objects. */
export function factsOf(cluster: Pick<Cluster, 'name' | 'kubernetes' | 'nodeGroups' | 'environment' | 'existing'>): ClusterFacts {
  const existing = cluster.existing.flatMap(({ kind, name }) => (KINDS[kind] === undefined ? [] : [`${KINDS[kind]} ${name}`]));
  return {
    cluster: cluster.name,
    kubernetes: cluster.kubernetes,
    nodeGroups: cluster.nodeGroups,
    environment: cluster.environment.name,
    existing: [...existing, 'Namespace argocd', ...BUILT_IN_ROLES],
    proxy: PROXY_RESOURCES,
  };
}

/** What checks may know of who may connect to what. */
export interface NetworkFacts {
  /** Every connection that is meant. */
  readonly edges: readonly DeclaredEdge[];
  /** Pods that exist although nothing here renders them. */
  readonly foreignPods: readonly ForeignPods[];
  /** Ranges from which pods get their addresses. */
  readonly podNetworks: readonly string[];
}

/** The graph of a cluster, as facts. */
export function networkFacts({ parties, edges, podNetworks }: Graph): NetworkFacts {
  return { edges: edges.map(declared), foreignPods: parties.filter(({ foreign }) => foreign).map(foreignPods), podNetworks };
}

function declared(edge: Graph['edges'][number]): DeclaredEdge {
  const { number, protocol = 'TCP' } = portOfEdge(edge);
  return { from: endOf(edge.from), to: endOf(edge.to), protocol, first: number, last: number, name: describeEdge(edge) };
}

const endOf = (party: Party): End => (isPods(party) ? { pods: idOf(party) } : { addresses: party });

function foreignPods(party: PodParty): ForeignPods {
  const { namespace, selector, serviceAccount, meshed, ports } = party;
  return { id: idOf(party), namespace, labels: selector, serviceAccount, meshed, ports: Object.entries(ports).map(podPort) };
}

const podPort = ([name, { number, protocol = 'TCP' }]: readonly [string, PartyPort]): PodPort => ({ name, port: number, protocol });
