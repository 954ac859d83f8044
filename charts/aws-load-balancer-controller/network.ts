import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { apiServer, awsApis, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';

/** Name of its objects, and its namespace. */
export const NAME = 'aws-load-balancer-controller';
export const NAMESPACE = 'kube-system';
/** Service of its webhooks. */
export const WEBHOOK_SERVICE = `${NAME}-webhook`;
/** Ports of its webhooks, of its metrics and of its health. */
export const PORTS = { webhook: 9443, metrics: 8080, health: 61779 } as const;

/** Its pods, outside the mesh: the API server calls them, and they call AWS. */
export const PODS: PodParty = {
  name: NAME,
  namespace: NAMESPACE,
  selector: componentSelector(NAME, 'controller'),
  serviceAccount: NAME,
  meshed: false,
  ports: { webhook: { number: PORTS.webhook }, metrics: { number: PORTS.metrics } },
  service: WEBHOOK_SERVICE,
};

/** What the controller does on the network. */
export function awsLoadBalancerControllerNetwork(cluster: Cluster): NetworkPart {
  const { caller, callee } = apiServer(cluster);
  return {
    parties: [PODS],
    edges: [
      ...commonEdges(PODS, cluster),
      { from: PODS, to: callee, port: 443 },
      { from: PODS, to: awsApis(cluster), port: 443, why: 'makes load balancers and registers their targets' },
      { from: caller, to: PODS, port: 'webhook' },
      { from: prometheus(cluster), to: PODS, port: 'metrics', direct: true },
    ],
  };
}
