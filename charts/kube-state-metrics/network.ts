import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { apiServer, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';
import { MONITORING_NAMESPACE } from '../prometheus-operator';

/** Name of its objects. */
export const NAME = 'kube-state-metrics';
/** Ports: `http` tells of the cluster, `telemetry` of the program itself. */
export const PORTS = { http: 8080, telemetry: 8081 } as const;

/** Its pods. */
export const pods = ({ mesh }: Pick<Cluster, 'mesh'>): PodParty<keyof typeof PORTS> => ({
  name: NAME,
  namespace: MONITORING_NAMESPACE,
  selector: componentSelector(NAME, 'exporter'),
  serviceAccount: NAME,
  meshed: mesh,
  ports: { http: { number: PORTS.http }, telemetry: { number: PORTS.telemetry } },
});

/** What kube-state-metrics does on the network. */
export function kubeStateMetricsNetwork(cluster: Cluster): NetworkPart {
  const party = pods(cluster);
  const scraper = prometheus(cluster);
  return {
    parties: [party],
    edges: [
      ...commonEdges(party, cluster),
      { from: party, to: apiServer(cluster).callee, port: 443 },
      { from: scraper, to: party, port: 'http', direct: true },
      { from: scraper, to: party, port: 'telemetry', direct: true },
    ],
  };
}
