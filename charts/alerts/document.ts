import type { AlertGroup } from './rule';

/**
 * The alerts of the aeon-dt specification §4.2 under their given names, thresholds, times and severities. Most expressions of the document
 * could never fire as meant; what was wrong stands beside each, and in docs/alerts.md.
 */
export const documentInfrastructure: AlertGroup = {
  name: 'infrastructure',
  alerts: [
    {
      name: 'kubernetes_node_disk_pressure',
      expr: 'kube_node_status_condition{condition="DiskPressure", status="true"} == 1',
      for: '5m',
      severity: 'critical',
      team: 'platform',
      summary: 'Node {{ $labels.node }} is out of disk: the kubelet evicts pods and takes no new ones.',
    },
    {
      name: 'eks_cluster_cpu_high',
      // The document compares a counter of seconds, which passes 0.8 in the first second and never comes back.
      expr: '1 - avg(rate(node_cpu_seconds_total{mode="idle"}[5m])) > 0.8',
      for: '10m',
      severity: 'warning',
      team: 'platform',
      summary: 'The nodes use {{ $value | humanizePercentage }} of their processors.',
    },
  ],
};

/** Alerts of services that expose metrics of their own for HTTP, as aeon-dt's API does. */
export const documentApplication: AlertGroup = {
  name: 'application',
  alerts: [
    {
      name: 'high_error_rate',
      // The document's rate is errors per second: 0.05 is one in twenty seconds, whatever the traffic.
      expr: 'sum by (namespace, job) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (namespace, job) (rate(http_requests_total[5m])) > 0.05',
      for: '5m',
      severity: 'critical',
      team: 'product',
      summary: '{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} fail.',
    },
    {
      name: 'api_response_time_high',
      // The document asks for a quantile of a histogram without its buckets: that has no result at all.
      expr: 'histogram_quantile(0.95, sum by (namespace, job, le) (rate(http_request_duration_seconds_bucket[5m]))) > 0.5',
      for: '10m',
      severity: 'warning',
      team: 'product',
      summary: 'One request in twenty to {{ $labels.job }} takes longer than {{ $value | humanizeDuration }}.',
    },
  ],
};

/** Alerts of Neo4j, and of PostgreSQL with a replica. */
export const documentDatabase: AlertGroup = {
  name: 'database',
  alerts: [
    {
      name: 'neo4j_query_slow',
      // Neo4j has no metric of the document's name; its latency is a summary.
      expr: 'neo4j_database_neo4j_db_query_execution_latency_millis{quantile="0.95"} > 2000',
      for: '5m',
      severity: 'warning',
      team: 'product',
      summary: 'One query in twenty of {{ $labels.pod }} takes longer than {{ $value }} ms.',
    },
    {
      name: 'database_replication_lag',
      // Nothing exposes the document's name; postgres_exporter does, on the replica.
      expr: 'pg_replication_lag_seconds > 5',
      for: '2m',
      severity: 'critical',
      team: 'product',
      summary: 'The replica that {{ $labels.pod }} watches is {{ $value | humanizeDuration }} behind.',
    },
  ],
};
