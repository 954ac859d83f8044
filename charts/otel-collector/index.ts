import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { service } from '../gitops';
import { jaeger, jaegerParty } from '../jaeger';
import { jaegerSize } from '../jaeger/settings';
import type { LinkerdProps } from '../linkerd/props';
import { LOKI, loki, tenantsOf } from '../loki';
import { mostNodes, quotaOf } from '../native/quota';
import type { PodParty } from '../network';
import type { PlatformComponent } from '../platform/component';
import { AGENT_RESOURCES, LogAgentChart } from './agent';
import type { LogsChoice, TracesChoice } from './choices';
import { GatewayChart, gatewaySize } from './gateway';
import { GATEWAY, GATEWAY_PORTS, LOG_AGENT, LOG_AGENTS_NAMESPACE, TRACING_NAMESPACE } from './names';
import { COMPONENT, gatewayNetwork, gatewayParty, logAgentNetwork } from './network';

export { COLLECTOR } from './calls';
export type { LogsChoice, TracesChoice } from './choices';
export * from './names';

/** Logs of a cluster: the collector on each node, and Loki. */
export function logs(cluster: Cluster, choice: LogsChoice): readonly PlatformComponent[] {
  const resources = choice.resources ?? AGENT_RESOURCES;
  return [
    loki(cluster, choice.loki),
    {
      runs: [catalogue[COMPONENT]],
      namespaces: [
        {
          name: LOG_AGENTS_NAMESPACE,
          meshed: false,
          quota: quotaOf(false, [{ pods: mostNodes(cluster), requests: resources.requests }]),
          podSecurity: { enforce: 'privileged', why: 'The agents read the logs of all pods from folders of their nodes, as root.' },
        },
      ],
      network: logAgentNetwork(cluster),
      deliver: (app, graph) => [
        {
          chart: new LogAgentChart(app, LOG_AGENT, cluster, resources, tenantsOf(graph), graph.edges),
          namespace: LOG_AGENTS_NAMESPACE,
          needs: [service(LOKI)],
        },
      ],
    },
  ];
}

/**
 * Traces of a cluster: the collector that takes spans in and samples them, and Jaeger.
 * @param others - pods of the cluster's workloads and other components, whose proxies may send spans; those of the mesh's own control
 *   plane are not let in
 */
export function traces(cluster: Cluster, choice: TracesChoice, others: readonly PodParty[]): readonly PlatformComponent[] {
  const { replicas, resources } = gatewaySize(cluster, choice);
  const kept = jaegerSize(cluster, choice.jaeger);
  const pods = [...others, jaegerParty(cluster), gatewayParty(cluster)];
  const proxied = tracesMesh(cluster, choice) ? pods.filter(({ meshed }) => meshed) : [];
  return [
    jaeger(cluster, choice.jaeger),
    {
      runs: [catalogue[COMPONENT]],
      namespaces: [
        {
          name: TRACING_NAMESPACE,
          meshed: cluster.mesh,
          quota: quotaOf(cluster.mesh, [
            { pods: replicas, requests: resources.requests },
            { pods: 1, requests: kept.resources.requests },
          ]),
        },
      ],
      network: gatewayNetwork(cluster, proxied),
      deliver: (app, { edges }) => [
        {
          chart: new GatewayChart(app, GATEWAY, cluster, choice, edges),
          namespace: TRACING_NAMESPACE,
          provides: [service(GATEWAY)],
          needs: cluster.mesh ? [service('mesh')] : [],
        },
      ],
    },
  ];
}

/** Whether the mesh's proxies send spans. */
const tracesMesh = (cluster: Pick<Cluster, 'mesh'>, { mesh }: TracesChoice): boolean => cluster.mesh && mesh !== false;

/** Where the mesh's proxies send their spans to, where they do. */
export function meshTracing(cluster: Pick<Cluster, 'mesh'>, choice: TracesChoice | undefined): Pick<LinkerdProps, 'tracing'> {
  if (choice === undefined || !tracesMesh(cluster, choice)) return {};
  const endpoint = `${GATEWAY}.${TRACING_NAMESPACE}:${GATEWAY_PORTS.otlp}`;
  return { tracing: { endpoint, serviceAccount: GATEWAY, namespace: TRACING_NAMESPACE } };
}
