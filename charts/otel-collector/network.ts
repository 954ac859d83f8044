import type { Cluster } from '../cluster';
import { JAEGER_OTLP, jaegerParty } from '../jaeger/network';
import { LOKI_PODS } from '../loki/network';
import { componentSelector } from '../native/labels';
import { apiServer, commonEdges, type Edge, type NetworkPart, type PodParty, prometheus } from '../network';
import { AGENT_PORTS, GATEWAY, GATEWAY_PORTS, LOG_AGENT, LOG_AGENTS_NAMESPACE, TRACING_NAMESPACE } from './names';

/** Component of the catalogue, by which the pods are labelled. */
export const COMPONENT = 'opentelemetry-collector';

/** Collectors on nodes. They are outside the mesh: logs have to arrive when the mesh does not work, and tell why. */
export const LOG_AGENT_PODS: PodParty<'metrics'> = {
  name: LOG_AGENT,
  namespace: LOG_AGENTS_NAMESPACE,
  selector: componentSelector(COMPONENT, 'agent'),
  serviceAccount: LOG_AGENT,
  meshed: false,
  ports: { metrics: { number: AGENT_PORTS.metrics } },
};

/** Collectors that take spans in. */
export const gatewayParty = ({ mesh }: Pick<Cluster, 'mesh'>): PodParty<'otlp' | 'otlp-http' | 'routed' | 'metrics'> => ({
  name: GATEWAY,
  namespace: TRACING_NAMESPACE,
  selector: componentSelector(COMPONENT, 'gateway'),
  serviceAccount: GATEWAY,
  meshed: mesh,
  ports: {
    otlp: { number: GATEWAY_PORTS.otlp, mesh: 'gRPC' },
    'otlp-http': { number: GATEWAY_PORTS['otlp-http'] },
    routed: { number: GATEWAY_PORTS.routed, mesh: 'gRPC' },
    metrics: { number: GATEWAY_PORTS.metrics },
  },
});

/** What the log agents do on the network. */
export function logAgentNetwork(cluster: Cluster): NetworkPart {
  return {
    parties: [LOG_AGENT_PODS],
    edges: [
      ...commonEdges(LOG_AGENT_PODS, cluster),
      { from: LOG_AGENT_PODS, to: apiServer(cluster).callee, port: 443, why: 'asks which labels the pods of its node have' },
      { from: LOG_AGENT_PODS, to: LOKI_PODS, port: 'http' },
      { from: prometheus(cluster), to: LOG_AGENT_PODS, port: 'metrics', direct: true },
    ],
  };
}

/**
 * What the gateway does on the network. Workloads that send spans say so themselves.
 * @param proxied - pods whose proxies send spans of the requests that they pass on
 */
export function gatewayNetwork(cluster: Cluster, proxied: readonly PodParty[]): NetworkPart {
  const party = gatewayParty(cluster);
  return {
    parties: [party],
    edges: [
      ...commonEdges(party, cluster),
      { from: party, to: party, port: 'routed', direct: true, why: 'one pod decides about all spans of a trace' },
      { from: party, to: jaegerParty(cluster), port: JAEGER_OTLP },
      { from: prometheus(cluster), to: party, port: 'metrics', direct: true },
      ...proxied.map((from): Edge => ({ from, to: party, port: 'otlp', why: 'the proxy sends its spans' })),
    ],
  };
}
