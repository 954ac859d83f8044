/** Ways to write a duration: Go's, the Gateway API's (a part of Go's, without fractions), Prometheus' (with days, weeks and years). */
export type DurationFormat = 'go' | 'gateway' | 'prometheus';

export interface DurationField {
  /** Path with `*` for every item, as `spec.rules.*.timeouts.request`. */
  readonly path: string;
  readonly format: DurationFormat;
}

const PATTERNS: Readonly<Record<DurationFormat, RegExp>> = {
  go: /^[+-]?(0|(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))*)$/,
  gateway: /^(\d{1,5}(h|m|s|ms)){1,4}$/,
  prometheus: /^(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/,
};

/** Is the value a duration of that format? */
export function isDuration(value: unknown, format: DurationFormat): boolean {
  return typeof value === 'string' && value !== '' && PATTERNS[format].test(value);
}

const all = (format: DurationFormat, ...paths: readonly string[]) => paths.map((path) => ({ path, format }));

const ROUTE = all('gateway', 'spec.rules.*.timeouts.request', 'spec.rules.*.timeouts.backendRequest', 'spec.rules.*.retry.backoff');
const ENDPOINT = ['interval', 'scrapeTimeout'];

/** Fields that hold durations as text, by group and kind. */
export const DURATION_FIELDS: Readonly<Record<string, readonly DurationField[]>> = {
  'cert-manager.io/Certificate': all('go', 'spec.duration', 'spec.renewBefore'),
  'external-secrets.io/ExternalSecret': all('go', 'spec.refreshInterval'),
  'external-secrets.io/ClusterExternalSecret': all('go', 'spec.refreshTime', 'spec.externalSecretSpec.refreshInterval'),
  'gateway.networking.k8s.io/HTTPRoute': ROUTE,
  'policy.linkerd.io/HTTPRoute': ROUTE,
  'monitoring.coreos.com/ServiceMonitor': all('prometheus', ...ENDPOINT.map((name) => `spec.endpoints.*.${name}`)),
  'monitoring.coreos.com/PodMonitor': all('prometheus', ...ENDPOINT.map((name) => `spec.podMetricsEndpoints.*.${name}`)),
  'monitoring.coreos.com/Probe': all('prometheus', ...ENDPOINT.map((name) => `spec.${name}`)),
  'monitoring.coreos.com/Prometheus': all(
    'prometheus',
    'spec.scrapeInterval',
    'spec.scrapeTimeout',
    'spec.evaluationInterval',
    'spec.retention',
  ),
  'monitoring.coreos.com/PrometheusRule': all(
    'prometheus',
    'spec.groups.*.interval',
    'spec.groups.*.rules.*.for',
    'spec.groups.*.rules.*.keep_firing_for',
  ),
  'argoproj.io/Application': all('go', 'spec.syncPolicy.retry.backoff.duration', 'spec.syncPolicy.retry.backoff.maxDuration'),
  'argoproj.io/AppProject': all('go', 'spec.syncWindows.*.duration'),
  'argoproj.io/AnalysisTemplate': all('go', 'spec.metrics.*.interval', 'spec.metrics.*.initialDelay'),
  'velero.io/Schedule': all('go', 'spec.template.ttl'),
};
