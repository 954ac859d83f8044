import type { Cluster } from '../cluster';
import { type AddressParty, apiServer, awsApis, commonEdges, type NetworkPart, type PodParty, podNetworks, prometheus } from '../network';
import type { PrometheusChoices } from './choices';

/** Port on which EKS' kubelets answer. */
const KUBELET_PORT = 10250;
/** Port of node-exporter, which has the node's own address. */
export const NODE_EXPORTER_PORT = 9100;

/** Nodes have their addresses in the private subnets, as pods do. */
const nodes = (cluster: Pick<Cluster, 'aws'>): AddressParty => ({
  name: 'nodes',
  blocks: podNetworks(cluster).map((cidr) => ({ cidr })),
});

/** What Prometheus does on the network beside what its targets say of themselves. */
export function prometheusNetwork(cluster: Cluster, { thanos }: PrometheusChoices): NetworkPart {
  const party: PodParty = {
    ...prometheus(cluster),
    exemptions: {
      'edge-declared':
        'Nodes have their addresses among those of pods: the rule for them also leads to pods that no policy isolates, as those of the DNS of EKS, on ports on which none of them listens.',
    },
  };
  return {
    parties: [party],
    edges: [
      ...commonEdges(party, cluster),
      { from: party, to: apiServer(cluster).callee, port: 443, why: 'finds its targets, and scrapes the API server' },
      { from: party, to: nodes(cluster), port: KUBELET_PORT, tlsFirst: true, why: 'scrapes kubelets' },
      { from: party, to: nodes(cluster), port: NODE_EXPORTER_PORT, why: 'scrapes node-exporter' },
      { from: party, to: party, port: 'web', direct: true },
      { from: party, to: party, port: 'reloader-web', direct: true },
      ...(thanos === undefined ? [] : [{ from: party, to: awsApis(cluster), port: 443, why: 'copies blocks to S3' }]),
    ],
  };
}
