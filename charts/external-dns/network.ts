import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { apiServer, awsApis, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';

/** Name of its objects, and of its namespace. */
export const NAME = 'external-dns';
/** Port of its metrics and of its health. */
export const PORT = 7979;

/** Its pod, outside the mesh: nothing in the cluster calls it. */
export const PODS: PodParty = {
  name: NAME,
  namespace: NAME,
  selector: componentSelector(NAME, 'controller'),
  serviceAccount: NAME,
  meshed: false,
  ports: { http: { number: PORT } },
};

/** What external-dns does on the network. */
export function externalDnsNetwork(cluster: Cluster): NetworkPart {
  return {
    parties: [PODS],
    edges: [
      ...commonEdges(PODS, cluster),
      { from: PODS, to: apiServer(cluster).callee, port: 443 },
      { from: PODS, to: awsApis(cluster), port: 443, why: 'writes records to Route 53' },
      { from: prometheus(cluster), to: PODS, port: 'http', direct: true },
    ],
  };
}
