import { LOGGING_NAMESPACE, LOKI, PORTS as LOKI_PORTS, OTHER_TENANT } from '../loki';
import { type CollectorConfig, MEMORY_LIMITER, type OtlpExporter, ownTelemetry, type Pipeline } from './config';
import { AGENT_PORTS, LOG_AGENT, LOG_AGENTS_NAMESPACE } from './names';

/** Folder of the node with the logs of its pods. */
export const POD_LOGS = '/var/log/pods';
/** Folder of the node in which an agent remembers how far it has read. */
export const POSITIONS = '/var/lib/otelcol-log-agent';
/** Environment variable with the name of the agent's node. */
export const NODE_NAME = 'K8S_NODE_NAME';

/** What a line may call its correlation id; the first one that it has is taken. nginx says `request_id`. */
const CORRELATION_IDS = ['correlation_id', 'correlationId', 'request_id', 'requestId'];

const set = (path: string, field: string, where: string) => `set(${path}, log.cache["${field}"]) where ${where}`;
const has = (field: string, pattern: string) => `IsString(log.cache["${field}"]) and IsMatch(log.cache["${field}"], "${pattern}")`;

/**
 * What is taken out of a line that is JSON: level, trace, span and correlation id. The line itself stays as it was written, so that
 * nothing is lost and `| json` finds the rest.
 */
const STATEMENTS: readonly string[] = [
  'merge_maps(log.cache, ParseJSON(log.body), "upsert") where IsString(log.body) and IsMatch(log.body, "^\\\\s*\\\\{")',
  ...CORRELATION_IDS.map((field) =>
    set('log.attributes["correlation_id"]', field, `log.attributes["correlation_id"] == nil and ${has(field, '.')}`),
  ),
  // W3C's header, as nginx logs it.
  `set(log.trace_id.string, Substring(log.cache["traceparent"], 3, 32)) where ${has('traceparent', '^00-[0-9a-f]{32}-[0-9a-f]{16}-')}`,
  `set(log.span_id.string, Substring(log.cache["traceparent"], 36, 16)) where ${has('traceparent', '^00-[0-9a-f]{32}-[0-9a-f]{16}-')}`,
  set('log.trace_id.string', 'trace_id', has('trace_id', '^[0-9a-f]{32}$')),
  set('log.span_id.string', 'span_id', has('span_id', '^[0-9a-f]{16}$')),
  `set(log.severity_text, ConvertCase(log.cache["level"], "upper")) where ${has('level', '^[A-Za-z]+$')}`,
  // They say again what the resource says.
  'delete_key(log.attributes, "log.file.path")',
  'delete_key(log.attributes, "logtag")',
];

/**
 * Configuration of the collector on each node: reads what containers write, and sends each namespace's lines to Loki as a tenant of its
 * own.
 * @param tenants - of Loki, `other` among them
 */
export function agentConfig(tenants: readonly string[]): CollectorConfig {
  const named = tenants.filter((tenant) => tenant !== OTHER_TENANT);
  const own = (kind: string, tenant: string) => `${kind}/${tenant}` as const;
  return {
    extensions: {
      health_check: { endpoint: `0.0.0.0:${AGENT_PORTS.health}` },
      file_storage: { directory: POSITIONS, create_directory: true },
    },
    receivers: {
      file_log: {
        include: [`${POD_LOGS}/*/*/*.log`],
        // Of what it cannot send it would write, and send that.
        exclude: [`${POD_LOGS}/${LOG_AGENTS_NAMESPACE}_${LOG_AGENT}-*_*/*/*.log`],
        start_at: 'beginning',
        poll_interval: '1s',
        include_file_path: true,
        include_file_name: false,
        storage: 'file_storage',
        // For ever: the files are what waits.
        retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
        operators: [{ type: 'container', id: 'container-parser' }],
      },
    },
    processors: {
      memory_limiter: MEMORY_LIMITER,
      k8s_attributes: {
        auth_type: 'serviceAccount',
        filter: { node_from_env_var: NODE_NAME },
        extract: {
          metadata: ['k8s.node.name'],
          labels: [
            { tag_name: 'service.name', key: 'app.kubernetes.io/name', from: 'pod' },
            { tag_name: 'service.version', key: 'app.kubernetes.io/version', from: 'pod' },
          ],
        },
        pod_association: [{ sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] }],
      },
      transform: { error_mode: 'silent', log_statements: STATEMENTS },
      batch: { send_batch_size: 2048, send_batch_max_size: 4096, timeout: '2s' },
    },
    connectors: {
      routing: {
        default_pipelines: [own('logs', OTHER_TENANT)],
        error_mode: 'ignore',
        table: named.map((tenant) => ({
          context: 'resource',
          condition: `attributes["k8s.namespace.name"] == "${tenant}"`,
          pipelines: [own('logs', tenant)],
        })),
      },
    },
    exporters: Object.fromEntries(tenants.map((tenant) => [own('otlp_http', tenant), toLoki(tenant)])),
    service: {
      extensions: ['health_check', 'file_storage'],
      pipelines: {
        'logs/nodes': {
          receivers: ['file_log'],
          processors: ['memory_limiter', 'k8s_attributes', 'transform'],
          exporters: ['routing'],
        },
        ...Object.fromEntries(
          tenants.map((tenant): [string, Pipeline] => [
            own('logs', tenant),
            { receivers: ['routing'], processors: ['batch'], exporters: [own('otlp_http', tenant)] },
          ]),
        ),
      },
      telemetry: ownTelemetry(AGENT_PORTS.metrics),
    },
  };
}

const toLoki = (tenant: string): OtlpExporter => ({
  endpoint: `http://${LOKI}.${LOGGING_NAMESPACE}.svc.cluster.local:${LOKI_PORTS.http}/otlp`,
  headers: { 'X-Scope-OrgID': tenant },
  compression: 'gzip',
  timeout: '30s',
  // A full queue holds up the reading of files, and loses nothing until the node rotates them away.
  sending_queue: { enabled: true, queue_size: 20, num_consumers: 2, block_on_overflow: true },
  retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
});
