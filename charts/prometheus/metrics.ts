import type { Exposes } from '../metrics/exposes';

/** What we read of Prometheus itself. */
export const prometheusMetrics: Exposes = {
  target: 'prometheus',
  source: 'a scrape of Prometheus v3.14.0',
  metrics: {
    prometheus_config_last_reload_successful: { type: 'gauge' },
    prometheus_notifications_dropped_total: { type: 'counter', labels: ['alertmanager'] },
    prometheus_rule_evaluation_failures_total: { type: 'counter', labels: ['rule_group'] },
    prometheus_tsdb_compactions_failed_total: { type: 'counter' },
    prometheus_tsdb_head_series: { type: 'gauge' },
    prometheus_tsdb_wal_writes_failed_total: { type: 'counter' },
  },
};

/** What Prometheus says of every target. */
export const scrapeMetrics: Exposes = {
  target: 'every target',
  source: 'https://prometheus.io/docs/concepts/jobs_instances/',
  scraped: ['service', 'node', 'metrics_path'],
  metrics: {
    // Of alerts that fire or wait: with the labels that all of ours have.
    ALERTS: { type: 'gauge', labels: ['alertname', 'alertstate', 'severity', 'team'] },
    up: { type: 'gauge' },
  },
};

/** Labels that the scrape of kubelets gives. */
const KUBELET = { honorLabels: true, scraped: ['metrics_path', 'node', 'service'] } as const;

/** What we read of kubelets. */
export const kubeletMetrics: Exposes = {
  target: 'kubelet',
  source: 'test/instrumentation/documentation/ of Kubernetes 1.28 and 1.34',
  ...KUBELET,
  metrics: {
    kubelet_volume_stats_available_bytes: { type: 'gauge', labels: ['namespace', 'persistentvolumeclaim'] },
    kubelet_volume_stats_capacity_bytes: { type: 'gauge', labels: ['namespace', 'persistentvolumeclaim'] },
    kubelet_volume_stats_used_bytes: { type: 'gauge', labels: ['namespace', 'persistentvolumeclaim'] },
  },
};

const CONTAINER = ['container', 'id', 'image', 'name', 'namespace', 'pod'];

/** What we read of cAdvisor, which kubelets serve. */
export const cadvisorMetrics: Exposes = {
  target: 'kubelet/cadvisor',
  source: 'a scrape of kubelets 1.28 and 1.34',
  ...KUBELET,
  metrics: {
    container_cpu_usage_seconds_total: { type: 'counter', labels: [...CONTAINER, 'cpu'] },
    container_memory_working_set_bytes: { type: 'gauge', labels: CONTAINER },
    container_cpu_cfs_periods_total: { type: 'counter', labels: CONTAINER },
    container_cpu_cfs_throttled_periods_total: { type: 'counter', labels: CONTAINER },
    container_network_receive_bytes_total: { type: 'counter', labels: [...CONTAINER, 'interface'] },
    container_network_transmit_bytes_total: { type: 'counter', labels: [...CONTAINER, 'interface'] },
    container_oom_events_total: { type: 'counter', labels: CONTAINER },
  },
};
