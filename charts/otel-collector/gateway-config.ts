import type { Cluster } from '../cluster';
import { JAEGER, JAEGER_PORTS } from '../jaeger/names';
import { headlessName } from '../native/controller';
import type { TracesChoice } from './choices';
import { type CollectorConfig, MEMORY_LIMITER, type OtlpExporter, ownTelemetry, type SamplingPolicy } from './config';
import { GATEWAY, GATEWAY_PORTS, TRACING_NAMESPACE } from './names';

/**
 * Configuration of the gateway: takes spans in, gives those of one trace to one of its pods, which waits for the whole trace and decides
 * whether it is kept.
 * @throws when the environment's share is none
 */
export function gatewayConfig(cluster: Cluster, choice: TracesChoice): CollectorConfig {
  return {
    extensions: { health_check: { endpoint: `0.0.0.0:${GATEWAY_PORTS.health}` } },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `0.0.0.0:${GATEWAY_PORTS.otlp}` },
          http: { endpoint: `0.0.0.0:${GATEWAY_PORTS['otlp-http']}` },
        },
      },
      'otlp/routed': { protocols: { grpc: { endpoint: `0.0.0.0:${GATEWAY_PORTS.routed}`, max_recv_msg_size_mib: 16 } } },
    },
    processors: {
      memory_limiter: MEMORY_LIMITER,
      resource: { attributes: [{ key: 'k8s.cluster.name', value: cluster.aws.data.cluster.name, action: 'upsert' }] },
      tail_sampling: {
        decision_wait: '10s',
        num_traces: 20_000,
        // Spans that come late follow the decision about their trace.
        decision_cache: { sampled_cache_size: 40_000, non_sampled_cache_size: 40_000 },
        policies: policies(cluster, choice),
      },
      batch: { send_batch_size: 1024, send_batch_max_size: 2048, timeout: '1s' },
    },
    exporters: {
      load_balancing: {
        routing_key: 'traceID',
        protocol: { otlp: plain({ timeout: '5s', queue: 500, retryFor: '30s' }) },
        resolver: {
          dns: {
            hostname: `${headlessName(GATEWAY)}.${TRACING_NAMESPACE}.svc.cluster.local`,
            port: String(GATEWAY_PORTS.routed),
            interval: '5s',
          },
        },
      },
      'otlp_grpc/jaeger': {
        endpoint: `${JAEGER}.${TRACING_NAMESPACE}.svc.cluster.local:${JAEGER_PORTS.otlp}`,
        ...plain({ timeout: '10s', queue: 1000, retryFor: '5m' }),
      },
    },
    service: {
      extensions: ['health_check'],
      pipelines: {
        'traces/in': { receivers: ['otlp'], processors: ['memory_limiter', 'resource'], exporters: ['load_balancing'] },
        'traces/sampled': {
          receivers: ['otlp/routed'],
          processors: ['memory_limiter', 'tail_sampling', 'batch'],
          exporters: ['otlp_grpc/jaeger'],
        },
      },
      telemetry: ownTelemetry(GATEWAY_PORTS.metrics),
    },
  };
}

/** Which traces are kept. */
function policies(
  { environment }: Cluster,
  { keepErrors = true, keepSlowerThanMs }: TracesChoice,
): readonly [SamplingPolicy, ...SamplingPolicy[]] {
  const share = environment.traceSampling;
  if (!(share >= 0 && share <= 1)) {
    throw new Error(`overlays/environments.ts: ${environment.name}.traceSampling is ${share}; expected a share from 0 to 1.`);
  }
  if (share === 1) return [{ name: 'all', type: 'always_sample' }];
  return [
    { name: 'share', type: 'probabilistic', probabilistic: { sampling_percentage: share * 100 } },
    ...(keepErrors ? [{ name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } } as const] : []),
    ...(keepSlowerThanMs === undefined ? [] : [{ name: 'slow', type: 'latency', latency: { threshold_ms: keepSlowerThanMs } } as const]),
  ];
}

/** To pods of the namespace: the mesh's proxies speak TLS to each other. */
const plain = ({
  timeout,
  queue,
  retryFor,
}: {
  readonly timeout: string;
  readonly queue: number;
  readonly retryFor: string;
}): Omit<OtlpExporter, 'endpoint'> => ({
  tls: { insecure: true },
  timeout,
  sending_queue: { enabled: true, queue_size: queue, num_consumers: 4 },
  retry_on_failure: { enabled: true, max_elapsed_time: retryFor },
});
