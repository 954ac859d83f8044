import type { Cluster } from '../cluster';
import type { NginxIngress } from '../exposure';
import { apiServer, commonEdges, ingressController, type NetworkPart, type PodParty, prometheus } from '../network';
import { loadBalancer } from './load-balancer';

/** The controller's pods, which are rendered here. */
export function controllerParty(cluster: Pick<Cluster, 'mesh'>): PodParty {
  const { foreign: _, ...party } = ingressController(cluster);
  return party;
}

/**
 * What the controller's pods do on the network, beside their calls of what is exposed. Who calls from outside has no proxy of the mesh:
 * those ports are outside it, and the NetworkPolicy alone judges there.
 */
export function ingressNginxNetwork(cluster: Cluster, choice: NginxIngress): NetworkPart {
  const party = controllerParty(cluster);
  const { caller, callee } = apiServer(cluster);
  const { callers } = loadBalancer(cluster, choice);
  return {
    parties: [party],
    edges: [
      ...commonEdges(party, cluster),
      { from: callers, to: party, port: 'http' },
      { from: callers, to: party, port: 'https' },
      { from: caller, to: party, port: 'webhook' },
      { from: prometheus(cluster), to: party, port: 'metrics', direct: true },
      { from: party, to: callee, port: 443 },
    ],
  };
}
