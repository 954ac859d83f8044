import type { Cluster } from '../cluster';
import { COLLECTOR } from '../otel-collector/calls';
import { type EnvValue, fromPod } from './env';
import type { ResolvedWorkload } from './resolve';

/**
 * Environment of OpenTelemetry's SDKs (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). The SDK
 * samples everything that its caller did: which traces are kept is decided once they are whole, by the collector. Metrics are scraped
 * and logs read from standard output, so only spans are sent.
 */
export function telemetryEnvironment(workload: ResolvedWorkload, cluster: Cluster): Readonly<Record<string, EnvValue>> {
  if (workload.kind === 'cronJob' || workload.props.telemetry === undefined) return {};
  const { protocol, attributes = {} } = workload.props.telemetry;
  const resource = {
    'deployment.environment.name': cluster.environment.name,
    'k8s.namespace.name': cluster.namespace,
    'k8s.node.name': '$(K8S_NODE_NAME)',
    'k8s.pod.name': '$(K8S_POD_NAME)',
    'service.namespace': cluster.platform,
    ...attributes,
  };
  return {
    // Variables only see those before them, by name.
    K8S_NODE_NAME: fromPod('spec.nodeName'),
    K8S_POD_NAME: fromPod('metadata.name'),
    OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR[protocol].endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_PROPAGATORS: 'tracecontext,baggage',
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(resource)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(','),
    OTEL_SERVICE_NAME: workload.name,
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_TRACES_SAMPLER: 'parentbased_always_on',
  };
}
