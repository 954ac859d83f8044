import type { Cluster } from '../cluster';
import { commonEdges, internet, type NetworkPart, type PodParty, prometheus } from '../network';
import { MONITORING_NAMESPACE } from '../prometheus-operator';

/** Name of its objects. */
export const NAME = 'alertmanager';

/** Its pods, which the operator makes. Replicas tell each other what was sent, over TCP and over UDP, which the mesh does not know. */
export const alertmanagerPods = ({ mesh }: Pick<Cluster, 'mesh'>): PodParty<'web' | 'reloader-web' | 'mesh-tcp' | 'mesh-udp'> => ({
  name: NAME,
  namespace: MONITORING_NAMESPACE,
  selector: { 'app.kubernetes.io/name': NAME },
  serviceAccount: NAME,
  meshed: mesh,
  ports: {
    web: { number: 9093 },
    'reloader-web': { number: 8080 },
    'mesh-tcp': { number: 9094, mesh: 'opaque' },
    'mesh-udp': { number: 9094, protocol: 'UDP' },
  },
  foreign: true,
});

/** What Alertmanager does on the network. */
export function alertmanagerNetwork(cluster: Cluster): NetworkPart {
  const party = alertmanagerPods(cluster);
  const scraper = prometheus(cluster);
  return {
    parties: [party],
    edges: [
      ...commonEdges(party, cluster),
      { from: scraper, to: party, port: 'web', direct: true, why: 'sends alerts to every replica' },
      { from: scraper, to: party, port: 'reloader-web', direct: true },
      { from: party, to: party, port: 'mesh-tcp', direct: true },
      { from: party, to: party, port: 'mesh-udp', direct: true },
      { from: party, to: internet(cluster), port: 443, why: 'tells people through Slack and PagerDuty' },
    ],
  };
}
