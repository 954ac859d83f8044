import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { apiServer, awsApis, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';

/** Name of its objects, and its namespace. */
export const NAME = 'cluster-autoscaler';
export const NAMESPACE = 'kube-system';
/** Port of its metrics and of its health. */
export const PORT = 8085;

/** Its pods, outside the mesh: they must run when the mesh has no room to. */
export const PODS: PodParty = {
  name: NAME,
  namespace: NAMESPACE,
  selector: componentSelector(NAME, 'autoscaler'),
  serviceAccount: NAME,
  meshed: false,
  ports: { http: { number: PORT } },
};

/** What the autoscaler does on the network. */
export function clusterAutoscalerNetwork(cluster: Cluster): NetworkPart {
  return {
    parties: [PODS],
    edges: [
      ...commonEdges(PODS, cluster),
      { from: PODS, to: apiServer(cluster).callee, port: 443 },
      { from: PODS, to: awsApis(cluster), port: 443, why: 'reads and resizes Auto Scaling groups' },
      { from: prometheus(cluster), to: PODS, port: 'http', direct: true },
    ],
  };
}
