import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { awsApis, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';
import { LOGGING_NAMESPACE, LOKI, PORTS } from './names';

/**
 * Loki's pods; what writes and reads logs calls `http`. They are outside the mesh, as the collectors that write are: logs have to arrive
 * when the mesh does not work, and tell why.
 */
export const LOKI_PODS: PodParty<keyof typeof PORTS> = {
  name: LOKI,
  namespace: LOGGING_NAMESPACE,
  selector: componentSelector(LOKI, LOKI),
  serviceAccount: LOKI,
  meshed: false,
  ports: { http: { number: PORTS.http }, grpc: { number: PORTS.grpc }, gossip: { number: PORTS.gossip } },
};

/** What Loki does on the network. */
export function lokiNetwork(cluster: Cluster): NetworkPart {
  return {
    parties: [LOKI_PODS],
    edges: [
      ...commonEdges(LOKI_PODS, cluster),
      { from: LOKI_PODS, to: LOKI_PODS, port: 'grpc', direct: true, why: 'the pods write to each other, and share queries' },
      { from: LOKI_PODS, to: LOKI_PODS, port: 'gossip', direct: true, why: 'the pods tell each other who is there' },
      { from: LOKI_PODS, to: awsApis(cluster), port: 443, why: 'keeps logs in S3' },
      { from: prometheus(cluster), to: LOKI_PODS, port: 'http', direct: true },
    ],
  };
}
