import type { Cluster } from '../cluster';
import { componentSelector } from '../native/labels';
import { commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';
import { TRACING_NAMESPACE } from '../otel-collector/names';
import { JAEGER, JAEGER_PORTS } from './names';

/** Port at which spans arrive. */
export const JAEGER_OTLP = 'otlp';

/** Jaeger's pod. What shows traces (Grafana) calls `query-http` or `query-grpc`. */
export const jaegerParty = ({ mesh }: Pick<Cluster, 'mesh'>): PodParty<'otlp' | 'query-grpc' | 'query-http' | 'metrics'> => ({
  name: JAEGER,
  namespace: TRACING_NAMESPACE,
  selector: componentSelector(JAEGER, JAEGER),
  serviceAccount: JAEGER,
  meshed: mesh,
  ports: {
    otlp: { number: JAEGER_PORTS.otlp, mesh: 'gRPC' },
    'query-grpc': { number: JAEGER_PORTS['query-grpc'], mesh: 'gRPC' },
    'query-http': { number: JAEGER_PORTS['query-http'] },
    metrics: { number: JAEGER_PORTS.metrics },
  },
});

/** What Jaeger does on the network; the collector that sends spans says so itself. */
export function jaegerNetwork(cluster: Cluster): NetworkPart {
  const party = jaegerParty(cluster);
  return {
    parties: [party],
    edges: [...commonEdges(party, cluster), { from: prometheus(cluster), to: party, port: 'metrics', direct: true }],
  };
}
