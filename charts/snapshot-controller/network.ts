import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { apiServer, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';

/** Name of its objects, and its namespace. */
export const NAME = 'snapshot-controller';
export const NAMESPACE = 'kube-system';
/** Port of its metrics and of its health. */
export const PORT = 8080;

/** Its pods, outside the mesh: they only talk to the API server. Snapshots themselves are made by the EBS CSI driver. */
export const PODS: PodParty = {
  name: NAME,
  namespace: NAMESPACE,
  selector: componentSelector(NAME, 'controller'),
  serviceAccount: NAME,
  meshed: false,
  ports: { http: { number: PORT } },
};

/** What the controller does on the network. */
export function snapshotControllerNetwork(cluster: Cluster): NetworkPart {
  return {
    parties: [PODS],
    edges: [
      ...commonEdges(PODS, cluster),
      { from: PODS, to: apiServer(cluster).callee, port: 443 },
      { from: prometheus(cluster), to: PODS, port: 'http', direct: true },
    ],
  };
}
