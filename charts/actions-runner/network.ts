import type { Cluster } from '../cluster';
import { apiServer, awsApis, commonEdges, type Edge, internet, type NetworkPart, type PodParty, prometheus } from '../network';
import { ARC_NAMESPACE, CONTROLLER, CONTROLLER_SELECTOR, LISTENER_SELECTOR, RUNNER_SELECTOR, RUNNERS_NAMESPACE } from './names';

const pods = (name: string, namespace: string, selector: PodParty['selector'], ports: PodParty['ports'] = {}): PodParty => ({
  name,
  namespace,
  selector,
  // Listeners and runners have one per set; outside the mesh nobody asks who they are.
  serviceAccount: name,
  meshed: false,
  ports,
  foreign: true,
});

const METRICS = { metrics: { number: 8080 } } as const;
const MANAGER = pods(CONTROLLER, ARC_NAMESPACE, CONTROLLER_SELECTOR, METRICS);
const LISTENERS = pods('listeners', ARC_NAMESPACE, LISTENER_SELECTOR, METRICS);
const RUNNERS = pods('runners', RUNNERS_NAMESPACE, RUNNER_SELECTOR);

/**
 * What the pods do on the network. Runners run code of others: they reach names, the internet and AWS, and nothing in the cluster, neither
 * workloads nor the API server.
 */
export function actionsRunnerNetwork(cluster: Cluster): NetworkPart {
  const world = internet(cluster);
  return {
    parties: [MANAGER, LISTENERS, RUNNERS],
    edges: [
      ...[MANAGER, LISTENERS].flatMap((party): readonly Edge[] => [
        ...commonEdges(party, cluster),
        { from: party, to: apiServer(cluster).callee, port: 443 },
        { from: party, to: world, port: 443, why: 'asks GitHub for jobs' },
        { from: prometheus(cluster), to: party, port: 'metrics', direct: true },
      ]),
      ...commonEdges(RUNNERS, cluster),
      { from: RUNNERS, to: world, port: 443, why: 'GitHub, and what jobs fetch' },
      ...(cluster.aws.data.vpc.endpoints.length === 0
        ? []
        : [{ from: RUNNERS, to: awsApis(cluster), port: 443, why: 'pushes images, with a role that GitHub vouches for' }]),
    ],
  };
}
