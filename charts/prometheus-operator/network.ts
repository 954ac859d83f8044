import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { apiServer, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';
import { MONITORING_NAMESPACE } from './namespace';

/** Name of its objects. */
export const NAME = 'prometheus-operator';
/** Port of its metrics and health. */
export const PORT = 8080;

/** Its pods. */
export const pods = ({ mesh }: Pick<Cluster, 'mesh'>): PodParty<'http'> => ({
  name: NAME,
  namespace: MONITORING_NAMESPACE,
  selector: componentSelector(NAME, 'controller'),
  serviceAccount: NAME,
  meshed: mesh,
  ports: { http: { number: PORT } },
});

/** What the operator does on the network: it has no webhook, and does not call what it runs. */
export function prometheusOperatorNetwork(cluster: Cluster): NetworkPart {
  const party = pods(cluster);
  return {
    parties: [party],
    edges: [
      ...commonEdges(party, cluster),
      { from: party, to: apiServer(cluster).callee, port: 443 },
      { from: prometheus(cluster), to: party, port: 'http', direct: true },
    ],
  };
}
