import { bucket } from '../aws/refs';
import type { Cluster } from '../cluster';
import { headlessName } from '../native/controller';
import type { Resources } from '../workload/props';
import type { LokiChoices } from './choices';
import type { LokiConfig, S3Config, SchemaPeriod } from './config';
import { LOGGING_NAMESPACE, LOKI, PORTS } from './names';

/** Where the claim of a pod is mounted. */
export const DATA = '/var/loki';

/**
 * How logs are stored, by the day from which on. To change it, add a period that begins in the future, in UTC; what is stored stays as it
 * is.
 */
const SCHEMA: LokiConfig['schema_config']['configs'] = [
  { from: '2025-01-01', store: 'tsdb', object_store: 's3', schema: 'v13', index: { prefix: 'index_', period: '24h' } },
] satisfies readonly [SchemaPeriod];

/** What is indexed of a line: few attributes with few values. All others stand beside the line, and can be searched. */
export const INDEXED = ['service.name', 'k8s.namespace.name', 'k8s.container.name'] as const;

/** What a cluster runs. */
export interface LokiSize {
  readonly replicas: 1 | 3;
  readonly resources: Resources;
  readonly volume: string;
}

/** Number and size of the pods. */
export function sizeOf({ environment }: Pick<Cluster, 'environment'>, choices: LokiChoices): LokiSize {
  const replicas = choices.replicas ?? (environment.highAvailability ? 3 : 1);
  const resources: Resources =
    replicas === 3
      ? { requests: { cpu: '200m', memory: '768Mi' }, limits: { memory: '2Gi' } }
      : { requests: { cpu: '100m', memory: '384Mi' }, limits: { memory: '1Gi' } };
  return {
    replicas,
    resources: choices.resources ?? resources,
    volume: choices.volume ?? (environment.name === 'dev' ? '10Gi' : '20Gi'),
  };
}

/**
 * Loki's configuration in a cluster: one program, chunks and index in S3.
 * @param replayMemory - of a pod, as `1500MB`: what it takes up of its journal at a start before it writes to S3
 * @throws when the contract has no bucket `logs`
 */
export function lokiConfig(cluster: Cluster, choices: LokiChoices, replayMemory: string): LokiConfig {
  const retention = `${cluster.environment.retentionDays.logs * 24}h`;
  const rate = choices.ingestionRateMb ?? 10;
  return {
    auth_enabled: true,
    server: {
      http_listen_port: PORTS.http,
      grpc_listen_port: PORTS.grpc,
      // Longer than a query may take.
      http_server_read_timeout: '3m',
      http_server_write_timeout: '3m',
      grpc_server_max_recv_msg_size: 16 * 2 ** 20,
      grpc_server_max_send_msg_size: 16 * 2 ** 20,
      log_format: 'json',
      log_level: 'info',
    },
    common: {
      path_prefix: DATA,
      // Two of three have to take a line: one may be away.
      replication_factor: sizeOf(cluster, choices).replicas,
      ring: { kvstore: { store: 'memberlist' } },
      storage: { s3: s3Config(cluster) },
    },
    memberlist: {
      join_members: [`${headlessName(LOKI)}.${LOGGING_NAMESPACE}.svc.cluster.local:${PORTS.gossip}`],
      cluster_label: LOKI,
    },
    schema_config: { configs: SCHEMA },
    compactor: { working_directory: `${DATA}/compactor`, retention_enabled: true, delete_request_store: 's3' },
    ingester: { chunk_encoding: 'snappy', wal: { replay_memory_ceiling: replayMemory, flush_on_shutdown: true } },
    limits_config: {
      retention_period: retention,
      max_query_lookback: retention,
      // A node that was cut off for days still gets its logs through.
      reject_old_samples_max_age: '168h',
      ingestion_rate_mb: rate,
      ingestion_burst_size_mb: 2 * rate,
      per_stream_rate_limit: '5MB',
      per_stream_rate_limit_burst: '20MB',
      max_global_streams_per_user: 10_000,
      max_line_size_truncate: true,
      query_timeout: '2m',
      otlp_config: {
        resource_attributes: { ignore_defaults: true, attributes_config: [{ action: 'index_label', attributes: INDEXED }] },
      },
    },
    // Grafana asks for several namespaces at once, as `authorworks|monitoring`.
    querier: { multi_tenant_queries_enabled: true },
    query_range: { results_cache: { cache: cache(64) } },
    chunk_store_config: { chunk_cache_config: cache(128) },
    // Rules are Prometheus' business; whoever reaches the port could write some otherwise.
    ruler: { enable_api: false },
    // It would tell its makers about the cluster.
    analytics: { reporting_enabled: false },
  };
}

function s3Config({ aws }: Cluster): S3Config {
  const { name, region = aws.data.region, kmsKey } = bucket(aws, 'logs');
  return { bucketnames: name, region, ...(kmsKey === undefined ? {} : { sse: { type: 'SSE-KMS', kms_key_id: kmsKey } }) };
}

const cache = (megabytes: number) => ({ embedded_cache: { enabled: true as const, max_size_mb: megabytes } });
