import type { Cluster } from '../cluster';
import type { Resources } from '../workload/props';
import type { JaegerChoices, TraceStorage } from './choices';
import type { BadgerStore, JaegerConfig, MemoryStore } from './config';
import { JAEGER, JAEGER_PORTS } from './names';

/** Where the claim of the pod is mounted. */
export const DATA = '/badger';
const STORE = 'traces';

const STORAGE: Readonly<Record<Cluster['environment']['name'], TraceStorage>> = {
  dev: { kind: 'memory', traces: 50_000 },
  staging: { kind: 'badger', hours: 72, volume: '20Gi' },
  production: { kind: 'badger', hours: 168, volume: '50Gi' },
};

/** Where the pod keeps traces, and what it asks for. */
export const jaegerSize = (
  { environment }: Pick<Cluster, 'environment'>,
  { storage, resources }: JaegerChoices,
): { readonly storage: TraceStorage; readonly resources: Resources } => ({
  storage: storage ?? STORAGE[environment.name],
  resources: resources ?? { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
});

/** Jaeger's configuration: takes spans from the collector, which has sampled them, and answers questions. */
export function jaegerConfig(storage: TraceStorage): JaegerConfig {
  const at = (port: keyof typeof JAEGER_PORTS) => ({ endpoint: `0.0.0.0:${JAEGER_PORTS[port]}` });
  return {
    extensions: {
      healthcheckv2: { use_v2: true, http: at('health') },
      jaeger_query: { storage: { traces: STORE }, grpc: at('query-grpc'), http: at('query-http') },
      jaeger_storage: { backends: { [STORE]: backend(storage) } },
    },
    receivers: { otlp: { protocols: { grpc: at('otlp') } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
      batch: { send_batch_size: 1024, timeout: '1s' },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: STORE } },
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: {
        traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['jaeger_storage_exporter'] },
      },
      telemetry: {
        resource: { 'service.name': JAEGER },
        logs: { level: 'info', encoding: 'json' },
        metrics: {
          level: 'normal',
          readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: JAEGER_PORTS.metrics } } } }],
        },
      },
    },
  };
}

function backend(storage: TraceStorage): MemoryStore | BadgerStore {
  if (storage.kind === 'memory') return { memory: { max_traces: storage.traces } };
  return {
    badger: {
      directories: { keys: `${DATA}/keys`, values: `${DATA}/values` },
      ephemeral: false,
      ttl: { spans: `${storage.hours}h` },
    },
  };
}
