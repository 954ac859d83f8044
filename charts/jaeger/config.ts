/**
 * The fields of Jaeger's configuration that are set, by the names of version 2.19: it is a collector with extensions of its own.
 * https://www.jaegertracing.io/docs/2.19/deployment/configuration/
 */
export interface JaegerConfig {
  readonly extensions: {
    readonly healthcheckv2: { readonly use_v2: true; readonly http: { readonly endpoint: string } };
    readonly jaeger_query: {
      readonly storage: { readonly traces: string };
      readonly grpc: { readonly endpoint: string };
      readonly http: { readonly endpoint: string };
    };
    readonly jaeger_storage: { readonly backends: Readonly<Record<string, MemoryStore | BadgerStore>> };
  };
  readonly receivers: { readonly otlp: { readonly protocols: { readonly grpc: { readonly endpoint: string } } } };
  readonly processors: {
    readonly memory_limiter: {
      readonly check_interval: string;
      readonly limit_percentage: number;
      readonly spike_limit_percentage: number;
    };
    readonly batch: { readonly send_batch_size: number; readonly timeout: string };
  };
  readonly exporters: { readonly jaeger_storage_exporter: { readonly trace_storage: string } };
  readonly service: {
    readonly extensions: readonly (keyof JaegerConfig['extensions'])[];
    readonly pipelines: {
      readonly traces: {
        readonly receivers: readonly (keyof JaegerConfig['receivers'])[];
        readonly processors: readonly (keyof JaegerConfig['processors'])[];
        readonly exporters: readonly (keyof JaegerConfig['exporters'])[];
      };
    };
    readonly telemetry: {
      readonly resource: { readonly 'service.name': string };
      readonly logs: { readonly level: 'info'; readonly encoding: 'json' };
      readonly metrics: {
        readonly level: 'normal';
        readonly readers: readonly {
          readonly pull: { readonly exporter: { readonly prometheus: { readonly host: string; readonly port: number } } };
        }[];
      };
    };
  };
}

/** Traces in memory; the oldest goes when there are too many. */
export interface MemoryStore {
  readonly memory: { readonly max_traces: number };
}

/** Traces in files, one process at a time. */
export interface BadgerStore {
  readonly badger: {
    readonly directories: { readonly keys: string; readonly values: string };
    readonly ephemeral: false;
    readonly ttl: { readonly spans: string };
  };
}
