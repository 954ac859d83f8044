/** A test of an alert: series as promtool's unit tests write them, and when to look. */
export interface Case {
  readonly series: Readonly<Record<string, string>>;
  /** Time after the first sample. */
  readonly at: string;
}

/** Whether the alert fires, and a case like it in which it must not. */
export interface AlertCases {
  readonly fires: Case;
  readonly silent: Case;
}

/** One sample a minute for so long, all of one value. */
const flat = (value: number, minutes: number): string => `${value}x${minutes}`;
/** A counter that grows by so much a minute. */
const grows = (perMinute: number, minutes: number): string => `0+${perMinute}x${minutes}`;
const both = (at: string, fires: Case['series'], silent: Case['series']): AlertCases => ({
  fires: { series: fires, at },
  silent: { series: silent, at },
});
/** One series, by its value. */
const one = (series: string, at: string, fires: string, silent: string): AlertCases => both(at, { [series]: fires }, { [series]: silent });

const proxy = (rest: string) =>
  `response_total{direction="inbound", namespace="shop", deployment="web", tls="true", client_id="gateway.shop.serviceaccount.identity.linkerd.cluster.local", ${rest}}`;
const took = (series: string) =>
  `response_latency_ms_${series.replace('}', '')}${series.includes('{') ? ', ' : '{'}direction="inbound", namespace="shop", deployment="web", tls="true", client_id="gateway.shop"}`;
const REPLICAS = ['kube_deployment_spec_replicas', 'kube_deployment_status_replicas_available'].map(
  (name) => `${name}{namespace="shop", deployment="web"}`,
) as [string, string];
const HPA = ['status_current_replicas', 'spec_max_replicas', 'spec_min_replicas'].map(
  (name) => `kube_horizontalpodautoscaler_${name}{namespace="shop", horizontalpodautoscaler="web"}`,
) as [string, string, string];
const VOLUME = ['available', 'capacity'].map(
  (name) => `kubelet_volume_stats_${name}_bytes{namespace="shop", persistentvolumeclaim="data"}`,
) as [string, string];
const DISK = ['avail', 'size'].map((name) => `node_filesystem_${name}_bytes{node="a", mountpoint="/"}`) as [string, string];
const certificate = (name: string, rest = '') => `certmanager_certificate_${name}{exported_namespace="shop", name="web"${rest}}`;
const schedule = (name: string) => `velero_backup_${name}{schedule="daily"}`;
const ingress = (status: string) => `nginx_ingress_controller_requests{exported_namespace="shop", ingress="web", status="${status}"}`;
const told = (what: string) => `alertmanager_notifications_${what}total{integration="slack", receiver_name="slack"}`;
const app = (labels: string) => `argocd_app_info{name="web", ${labels}}`;

/** A case in which each alert fires and one in which it does not, by name; `critical` and `warning` where severities differ. */
export const cases: Readonly<Record<string, AlertCases>> = {
  kubernetes_node_disk_pressure: one(
    'kube_node_status_condition{node="a", condition="DiskPressure", status="true"}',
    '10m',
    flat(1, 10),
    flat(0, 10),
  ),
  // Two processors, and 60 seconds in a minute: the first is idle for 6 of them, the second for 12; in the other case for 30.
  eks_cluster_cpu_high: both(
    '30m',
    { 'node_cpu_seconds_total{mode="idle", cpu="0"}': grows(6, 30), 'node_cpu_seconds_total{mode="idle", cpu="1"}': grows(12, 30) },
    { 'node_cpu_seconds_total{mode="idle", cpu="0"}': grows(6, 30), 'node_cpu_seconds_total{mode="idle", cpu="1"}': grows(30, 30) },
  ),
  // 6 % and 4 % of the requests; in either case many more than 0.05 a second.
  high_error_rate: both(
    '20m',
    { 'http_requests_total{job="api", status="200"}': grows(940, 20), 'http_requests_total{job="api", status="503"}': grows(60, 20) },
    { 'http_requests_total{job="api", status="200"}': grows(960, 20), 'http_requests_total{job="api", status="503"}': grows(40, 20) },
  ),
  api_response_time_high: both(
    '30m',
    {
      'http_request_duration_seconds_bucket{job="api", le="0.5"}': grows(90, 30),
      'http_request_duration_seconds_bucket{job="api", le="1"}': grows(100, 30),
      'http_request_duration_seconds_bucket{job="api", le="+Inf"}': grows(100, 30),
    },
    {
      'http_request_duration_seconds_bucket{job="api", le="0.5"}': grows(96, 30),
      'http_request_duration_seconds_bucket{job="api", le="1"}': grows(100, 30),
      'http_request_duration_seconds_bucket{job="api", le="+Inf"}': grows(100, 30),
    },
  ),
  neo4j_query_slow: one(
    'neo4j_database_neo4j_db_query_execution_latency_millis{pod="neo4j-0", quantile="0.95"}',
    '10m',
    flat(2500, 10),
    flat(1900, 10),
  ),
  database_replication_lag: one('pg_replication_lag_seconds{pod="exporter"}', '5m', flat(6, 5), flat(4, 5)),

  KubernetesNodeNotReady: one('kube_node_status_condition{node="a", condition="Ready", status="true"}', '15m', flat(0, 15), flat(1, 15)),
  NodeDiskFilling: both(
    '20m',
    { [DISK[0]]: flat(11, 20), [DISK[1]]: flat(100, 20) },
    { [DISK[0]]: flat(20, 20), [DISK[1]]: flat(100, 20) },
  ),
  // Six nodes, of which five go after half an hour; in the other case two.
  NodesLostOften: both(
    '40m',
    {
      'kube_node_info{node="a"}': flat(1, 60),
      ...Object.fromEntries('bcdef'.split('').map((node) => [`kube_node_info{node="${node}"}`, '1x25 stale'])),
    },
    {
      'kube_node_info{node="a"}': flat(1, 60),
      ...Object.fromEntries('bc'.split('').map((node) => [`kube_node_info{node="${node}"}`, '1x25 stale'])),
    },
  ),
  PodsUnschedulable: one('kube_pod_status_unschedulable{namespace="shop", pod="web"}', '20m', flat(1, 20), '1x10 _x10'),
  NodeGroupCannotGrow: one('cluster_autoscaler_failed_scale_ups_total{reason="cloudProviderError"}', '40m', grows(1, 40), flat(3, 40)),

  PodCrashLooping: one(
    'kube_pod_container_status_waiting_reason{namespace="shop", pod="web", container="web", reason="CrashLoopBackOff"}',
    '30m',
    // Between two starts it runs for a moment, and does not wait.
    '1 1 _ 1 1 _ 1 1 1 _ 1 1 1 1 _ 1 1 1 1 _ 1 1 1 1 1 1 1 1 1 1 1',
    '1x3 _x27',
  ),
  DeploymentIncomplete: both(
    '30m',
    { [REPLICAS[0]]: flat(3, 30), [REPLICAS[1]]: flat(2, 30) },
    { [REPLICAS[0]]: flat(3, 30), [REPLICAS[1]]: '2x10 3x20' },
  ),
  DeploymentDown: both(
    '10m',
    { [REPLICAS[0]]: flat(3, 10), [REPLICAS[1]]: flat(0, 10) },
    { [REPLICAS[0]]: flat(0, 10), [REPLICAS[1]]: flat(0, 10) },
  ),
  StatefulSetIncomplete: both(
    '30m',
    {
      'kube_statefulset_replicas{namespace="shop", statefulset="db"}': flat(2, 30),
      'kube_statefulset_status_replicas_ready{namespace="shop", statefulset="db"}': flat(1, 30),
    },
    {
      'kube_statefulset_replicas{namespace="shop", statefulset="db"}': flat(2, 30),
      'kube_statefulset_status_replicas_ready{namespace="shop", statefulset="db"}': flat(2, 30),
    },
  ),
  HpaAtMaximum: both(
    '40m',
    { [HPA[0]]: flat(10, 40), [HPA[1]]: flat(10, 40), [HPA[2]]: flat(2, 40) },
    // One whose minimum is its maximum cannot do otherwise.
    { [HPA[0]]: flat(2, 40), [HPA[1]]: flat(2, 40), [HPA[2]]: flat(2, 40) },
  ),
  JobFailed: both(
    '5m',
    { 'kube_job_failed{namespace="shop", job_name="nightly", condition="true"}': flat(1, 5) },
    {
      'kube_job_failed{namespace="shop", job_name="nightly", condition="true"}': flat(0, 5),
      'kube_job_failed{namespace="shop", job_name="nightly", condition="false"}': flat(1, 5),
    },
  ),
  QuotaNearlyUsed: both(
    '20m',
    {
      'kube_resourcequota{namespace="shop", resource="pods", type="used"}': flat(46, 20),
      'kube_resourcequota{namespace="shop", resource="pods", type="hard"}': flat(50, 20),
    },
    // A quota of nothing is meant.
    {
      'kube_resourcequota{namespace="shop", resource="pods", type="used"}': flat(0, 20),
      'kube_resourcequota{namespace="shop", resource="pods", type="hard"}': flat(0, 20),
    },
  ),

  VolumeFilling: both(
    '20m',
    { [VOLUME[0]]: flat(14, 20), [VOLUME[1]]: flat(100, 20) },
    { [VOLUME[0]]: flat(16, 20), [VOLUME[1]]: flat(100, 20) },
  ),
  VolumeNearlyFull: both(
    '10m',
    { [VOLUME[0]]: flat(2, 10), [VOLUME[1]]: flat(100, 10) },
    { [VOLUME[0]]: flat(14, 10), [VOLUME[1]]: flat(100, 10) },
  ),

  CertificateNotReady: both(
    '90m',
    { [certificate('ready_status', ', condition="False"')]: flat(1, 90) },
    { [certificate('ready_status', ', condition="True"')]: flat(1, 90), [certificate('ready_status', ', condition="False"')]: flat(0, 90) },
  ),
  CertificateRenewalOverdue: one(certificate('renewal_timestamp_seconds'), '180m', flat(600, 180), flat(9000, 180)),
  CertificateExpires: one(certificate('expiration_timestamp_seconds'), '30m', flat(44_000, 30), flat(90_000, 30)),

  MeshIssuerExpires: one('issuer_cert_ttl_seconds{pod="linkerd-identity"}', '30m', flat(70_000, 30), flat(80_000, 30)),
  MeshProxyCertificateExpires: one(
    'control_identity_cert_expiration_timestamp_seconds{namespace="shop", pod="web"}',
    '30m',
    flat(10_000, 30),
    flat(90_000, 30),
  ),
  MeshCallsDenied: one(
    'inbound_http_authz_deny_total{namespace="shop", srv_name="web-http", client_id="other.shop"}',
    '30m',
    grows(12, 30),
    grows(1, 30),
  ),

  IngressConfigurationRejected: one('nginx_ingress_controller_config_last_reload_successful{pod="nginx"}', '15m', flat(0, 15), flat(1, 15)),
  IngressErrors: both(
    '30m',
    { [ingress('200')]: grows(90, 30), [ingress('502')]: grows(10, 30) },
    { [ingress('200')]: grows(90, 30), [ingress('404')]: grows(10, 30), [ingress('502')]: grows(1, 30) },
  ),

  ArgoCdApplicationUnhealthy: both(
    '40m',
    { [app('health_status="Degraded"')]: flat(1, 40) },
    { [app('health_status="Progressing"')]: flat(1, 40) },
  ),
  ArgoCdApplicationOutOfSync: both(
    '90m',
    { [app('autosync_enabled="true", sync_status="OutOfSync"')]: flat(1, 90) },
    // What waits for a person may wait.
    { [app('autosync_enabled="false", sync_status="OutOfSync"')]: flat(1, 90) },
  ),
  ExternalSecretNotSynced: one(
    'externalsecret_status_condition{exported_namespace="shop", name="web", condition="Ready", status="False"}',
    '40m',
    flat(1, 40),
    flat(0, 40),
  ),

  BackupFailed: one(schedule('last_status'), '20m', flat(0, 20), flat(1, 20)),
  BackupOld: one(schedule('last_successful_timestamp'), '2190m', flat(60, 2190), flat(86_400, 2190)),

  PrometheusTargetDown: one('up{namespace="shop", job="shop/web"}', '20m', flat(0, 20), '0x10 1x10'),
  PrometheusConfigurationRejected: one('prometheus_config_last_reload_successful{pod="prometheus-0"}', '15m', flat(0, 15), flat(1, 15)),
  PrometheusRulesFail: one(
    'prometheus_rule_evaluation_failures_total{pod="prometheus-0", rule_group="nodes"}',
    '40m',
    grows(1, 40),
    flat(5, 40),
  ),
  PrometheusNotWriting: one('prometheus_tsdb_wal_writes_failed_total{pod="prometheus-0"}', '30m', grows(1, 30), flat(1, 30)),
  PrometheusAlertsDropped: one('prometheus_notifications_dropped_total{pod="prometheus-0"}', '40m', grows(1, 40), flat(1, 40)),
  AlertmanagerConfigurationRejected: one(
    'alertmanager_config_last_reload_successful{pod="alertmanager-0"}',
    '15m',
    flat(0, 15),
    flat(1, 15),
  ),
  AlertmanagerCannotTell: both(
    '40m',
    { [told('')]: grows(10, 40), [told('failed_')]: grows(1, 40) },
    { [told('')]: grows(10, 40), [told('failed_')]: flat(2, 40) },
  ),

  // It always fires; of silence speaks the service outside.
  Heartbeat: both('5m', {}, {}),

  'SloAvailabilityBudgetBurn critical': both(
    '70m',
    { [proxy('classification="success"')]: grows(980, 70), [proxy('classification="failure"')]: grows(20, 70) },
    // As bad, until ten minutes ago: the short windows see that it is over, in the long ones it is not.
    { [proxy('classification="success"')]: grows(980, 70), [proxy('classification="failure"')]: '0+20x40 800x30' },
  ),
  // 0.4 % of the requests: a budget of 0.1 % lasts a week.
  'SloAvailabilityBudgetBurn warning': both(
    '1500m',
    { [proxy('classification="success"')]: grows(996, 1500), [proxy('classification="failure"')]: grows(4, 1500) },
    { [proxy('classification="success"')]: grows(9995, 1500), [proxy('classification="failure"')]: grows(5, 1500) },
  ),
  'SloLatencyBudgetBurn critical': both(
    '70m',
    { [took('bucket{le="500.0"}')]: grows(800, 70), [took('count')]: grows(1000, 70) },
    { [took('bucket{le="500.0"}')]: grows(995, 70), [took('count')]: grows(1000, 70) },
  ),
  'SloLatencyBudgetBurn warning': both(
    '1500m',
    { [took('bucket{le="500"}')]: grows(960, 1500), [took('count')]: grows(1000, 1500) },
    { [took('bucket{le="500"}')]: grows(995, 1500), [took('count')]: grows(1000, 1500) },
  ),
};
