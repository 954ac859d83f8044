/**
 * The fields of Loki's configuration that are set. Field names are Loki's:
 * https://grafana.com/docs/loki/v3.7.x/configure/
 * Durations are as Go writes them, `90m` or `24h`.
 */
export interface LokiConfig {
  /** Whether requests have to name a tenant (`X-Scope-OrgID`). */
  readonly auth_enabled: true;
  readonly server: {
    readonly http_listen_port: number;
    readonly grpc_listen_port: number;
    readonly http_server_read_timeout: string;
    readonly http_server_write_timeout: string;
    readonly grpc_server_max_recv_msg_size: number;
    readonly grpc_server_max_send_msg_size: number;
    readonly log_format: 'json';
    readonly log_level: 'info';
  };
  readonly common: {
    readonly path_prefix: string;
    /** Pods that each line is written to. */
    readonly replication_factor: number;
    readonly ring: { readonly kvstore: { readonly store: 'memberlist' } };
    readonly storage: { readonly s3: S3Config };
  };
  readonly memberlist: { readonly join_members: readonly string[]; readonly cluster_label: string };
  readonly schema_config: { readonly configs: readonly [SchemaPeriod, ...SchemaPeriod[]] };
  readonly compactor: {
    readonly working_directory: string;
    readonly retention_enabled: true;
    readonly delete_request_store: 's3';
  };
  readonly ingester: {
    readonly chunk_encoding: 'snappy';
    readonly wal: { readonly replay_memory_ceiling: string; readonly flush_on_shutdown: boolean };
  };
  readonly limits_config: LimitsConfig;
  readonly querier: { readonly multi_tenant_queries_enabled: true };
  readonly query_range: { readonly results_cache: { readonly cache: EmbeddedCache } };
  readonly chunk_store_config: { readonly chunk_cache_config: EmbeddedCache };
  readonly ruler: { readonly enable_api: false };
  readonly analytics: { readonly reporting_enabled: false };
}

/** A bucket, which the pod's IAM role opens. */
export interface S3Config {
  readonly bucketnames: string;
  readonly region: string;
  /** @default - what the bucket does by itself */
  readonly sse?: { readonly type: 'SSE-KMS'; readonly kms_key_id: string };
}

/** How logs are stored from a day on, until the next period begins. Past periods never change. */
export interface SchemaPeriod {
  /** First day, UTC, as `2026-01-01`. */
  readonly from: string;
  readonly store: 'tsdb';
  readonly object_store: 's3';
  readonly schema: 'v13';
  readonly index: { readonly prefix: string; readonly period: '24h' };
}

/** Limits of every tenant. */
export interface LimitsConfig {
  readonly retention_period: string;
  readonly max_query_lookback: string;
  readonly reject_old_samples_max_age: string;
  readonly ingestion_rate_mb: number;
  readonly ingestion_burst_size_mb: number;
  readonly per_stream_rate_limit: string;
  readonly per_stream_rate_limit_burst: string;
  readonly max_global_streams_per_user: number;
  readonly max_line_size_truncate: true;
  readonly query_timeout: string;
  readonly otlp_config: {
    readonly resource_attributes: {
      readonly ignore_defaults: true;
      readonly attributes_config: readonly { readonly action: 'index_label'; readonly attributes: readonly string[] }[];
    };
  };
}

interface EmbeddedCache {
  readonly embedded_cache: { readonly enabled: true; readonly max_size_mb: number };
}
