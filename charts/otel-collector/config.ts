/**
 * The parts of the collector's configuration that are used, by the names of version 0.158:
 * https://opentelemetry.io/docs/collector/configuration/
 * Keys of components are `type` or `type/name`. Durations are as Go writes them.
 */
export interface CollectorConfig {
  readonly extensions: {
    readonly health_check: { readonly endpoint: string };
    readonly file_storage?: { readonly directory: string; readonly create_directory: true };
  };
  readonly receivers: Readonly<Record<string, FileLog | OtlpReceiver>>;
  readonly processors: Readonly<Record<string, MemoryLimiter | Batch | K8sAttributes | Transform | ResourceAttributes | TailSampling>>;
  readonly connectors?: { readonly routing: Routing };
  readonly exporters: Readonly<Record<string, OtlpExporter | LoadBalancing>>;
  readonly service: {
    readonly extensions: readonly (keyof CollectorConfig['extensions'])[];
    readonly pipelines: Readonly<Record<`${'logs' | 'traces'}/${string}`, Pipeline>>;
    readonly telemetry: Telemetry;
  };
}

/** Names of receivers, processors (in this order) and exporters; a connector is an exporter here and a receiver there. */
export interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

export interface FileLog {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly start_at: 'beginning' | 'end';
  readonly poll_interval: string;
  readonly include_file_path: true;
  readonly include_file_name: false;
  /** Extension that remembers how far each file is read. */
  readonly storage: 'file_storage';
  readonly retry_on_failure: { readonly enabled: true; readonly max_elapsed_time: string };
  /** `container` reads the format of the container runtime, and the pod's name from the file's. */
  readonly operators: readonly { readonly type: 'container'; readonly id: string }[];
}

export interface OtlpReceiver {
  readonly protocols: {
    readonly grpc: { readonly endpoint: string; readonly max_recv_msg_size_mib?: number };
    readonly http?: { readonly endpoint: string };
  };
}

export interface MemoryLimiter {
  readonly check_interval: string;
  readonly limit_percentage: number;
  readonly spike_limit_percentage: number;
}

export interface Batch {
  readonly send_batch_size: number;
  readonly send_batch_max_size: number;
  readonly timeout: string;
}

export interface K8sAttributes {
  readonly auth_type: 'serviceAccount';
  /** Only pods of the node that this variable names. */
  readonly filter: { readonly node_from_env_var: string };
  readonly extract: {
    readonly metadata: readonly string[];
    readonly labels: readonly { readonly tag_name: string; readonly key: string; readonly from: 'pod' }[];
  };
  readonly pod_association: readonly { readonly sources: readonly { readonly from: 'resource_attribute'; readonly name: string }[] }[];
}

/** Statements in OTTL, one after the other. */
export interface Transform {
  readonly error_mode: 'silent';
  readonly log_statements: readonly string[];
}

export interface ResourceAttributes {
  readonly attributes: readonly { readonly key: string; readonly value: string; readonly action: 'upsert' | 'insert' }[];
}

export interface TailSampling {
  readonly decision_wait: string;
  readonly num_traces: number;
  readonly decision_cache: { readonly sampled_cache_size: number; readonly non_sampled_cache_size: number };
  /** A trace is kept when one of them says so. */
  readonly policies: readonly [SamplingPolicy, ...SamplingPolicy[]];
}

export type SamplingPolicy = { readonly name: string } & (
  | { readonly type: 'always_sample' }
  | { readonly type: 'probabilistic'; readonly probabilistic: { readonly sampling_percentage: number } }
  | { readonly type: 'status_code'; readonly status_code: { readonly status_codes: readonly ('ERROR' | 'OK' | 'UNSET')[] } }
  | { readonly type: 'latency'; readonly latency: { readonly threshold_ms: number } }
);

/** Sends each resource to the pipelines of the first condition that holds for it. */
export interface Routing {
  readonly default_pipelines: readonly string[];
  readonly error_mode: 'ignore';
  readonly table: readonly { readonly context: 'resource'; readonly condition: string; readonly pipelines: readonly string[] }[];
}

interface Queue {
  readonly enabled: true;
  /** Batches that may wait. */
  readonly queue_size: number;
  readonly num_consumers: number;
  /** Whether what sends waits for room; otherwise what finds none is lost. */
  readonly block_on_overflow?: boolean;
}

interface Retry {
  readonly enabled: true;
  /** `0s`: for ever. */
  readonly max_elapsed_time: string;
}

export interface OtlpExporter {
  readonly endpoint: string;
  readonly tls?: { readonly insecure: true };
  readonly headers?: Readonly<Record<string, string>>;
  readonly compression?: 'gzip';
  readonly timeout?: string;
  readonly sending_queue: Queue;
  readonly retry_on_failure: Retry;
}

export interface LoadBalancing {
  readonly routing_key: 'traceID';
  readonly protocol: { readonly otlp: Omit<OtlpExporter, 'endpoint'> };
  readonly resolver: { readonly dns: { readonly hostname: string; readonly port: string; readonly interval: string } };
}

/** What the collector tells of itself. */
export interface Telemetry {
  readonly logs: { readonly level: 'info'; readonly encoding: 'json' };
  readonly metrics: {
    readonly level: 'normal';
    readonly readers: readonly {
      readonly pull: { readonly exporter: { readonly prometheus: { readonly host: string; readonly port: number } } };
    }[];
  };
}

/** What all collectors tell of themselves, on a port of all addresses. */
export const ownTelemetry = (port: number): Telemetry => ({
  logs: { level: 'info', encoding: 'json' },
  metrics: { level: 'normal', readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port } } } }] },
});

/** Turns data away before the container is over its limit of memory. */
export const MEMORY_LIMITER: MemoryLimiter = { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 25 };
