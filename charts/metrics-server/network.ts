import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { type AddressParty, apiServer, commonEdges, type NetworkPart, type PodParty, podNetworks, prometheus } from '../network';

/** Name of its objects, and its namespace. */
export const NAME = 'metrics-server';
export const NAMESPACE = 'kube-system';
/** Port on which it answers the API server; nodes let the control plane in on this one. */
export const PORT = 10250;

/** Its pods. They stand outside the mesh, as the API server that calls them does. */
export const PODS: PodParty = {
  name: NAME,
  namespace: NAMESPACE,
  selector: componentSelector(NAME, 'server'),
  serviceAccount: NAME,
  meshed: false,
  ports: { https: { number: PORT } },
};

/** Nodes have their addresses in the private subnets, as pods do. */
const kubelets = (cluster: Pick<Cluster, 'aws'>): AddressParty => ({
  name: 'kubelets',
  blocks: podNetworks(cluster).map((cidr) => ({ cidr })),
});

/** Port on which EKS' kubelets answer. */
const KUBELET_PORT = 10250;

/** What metrics-server does on the network. */
export function metricsServerNetwork(cluster: Cluster): NetworkPart {
  const { caller, callee } = apiServer(cluster);
  return {
    parties: [PODS],
    edges: [
      ...commonEdges(PODS, cluster),
      { from: PODS, to: callee, port: 443 },
      { from: PODS, to: kubelets(cluster), port: KUBELET_PORT, why: 'asks every node what its pods use' },
      { from: caller, to: PODS, port: 'https', why: 'passes on what autoscalers and kubectl top ask' },
      { from: prometheus(cluster), to: PODS, port: 'https', direct: true },
    ],
  };
}
