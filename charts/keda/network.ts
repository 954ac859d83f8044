import type { Cluster } from '../cluster';
import { apiServer, awsApis, commonEdges, type Edge, type NetworkPart, type PodParty, prometheus } from '../network';
import type { KedaChoices } from './choices';
import { KEDA_NAMESPACE, PROGRAMS } from './names';

const pods = (name: string, serviceAccount: string, ports: PodParty['ports']): PodParty => ({
  name,
  namespace: KEDA_NAMESPACE,
  selector: { app: name },
  serviceAccount,
  // The API server calls two of the three, and they speak TLS of their own among each other.
  meshed: false,
  ports: { metrics: { number: 8080 }, ...ports },
  foreign: true,
});

/** The operator's pods: they ask the sources of events. A workload with a queue that it asks is the end of an edge from here. */
export const KEDA_OPERATOR = pods(PROGRAMS.operator, 'keda-operator', { metricsservice: { number: 9666 } });
const METRICS = pods(PROGRAMS.metrics, 'keda-metrics-server', { https: { number: 6443 } });
const WEBHOOKS = pods(PROGRAMS.webhooks, 'keda-webhook', { webhook: { number: 9443 } });

/** What KEDA's pods do on the network. */
export function kedaNetwork(cluster: Cluster, { aws = false }: KedaChoices): NetworkPart {
  const { caller, callee } = apiServer(cluster);
  const parties = [KEDA_OPERATOR, METRICS, WEBHOOKS];
  return {
    parties,
    edges: [
      ...parties.flatMap((party): readonly Edge[] => [
        ...commonEdges(party, cluster),
        { from: party, to: callee, port: 443 },
        { from: prometheus(cluster), to: party, port: 'metrics', direct: true },
      ]),
      { from: caller, to: METRICS, port: 'https', why: 'autoscalers ask for external metrics' },
      { from: caller, to: WEBHOOKS, port: 'webhook' },
      { from: METRICS, to: KEDA_OPERATOR, port: 'metricsservice' },
      ...(aws ? [{ from: KEDA_OPERATOR, to: awsApis(cluster), port: 443, why: 'asks for the length of queues' }] : []),
    ],
  };
}
