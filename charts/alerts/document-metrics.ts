import type { Exposes } from '../metrics/exposes';

/**
 * Metrics that the aeon-dt specification asks of its own services and databases (§4.2). The two of HTTP follow the convention of Prometheus'
 * client libraries; those of Neo4j are what its own exporter serves, those of PostgreSQL what postgres_exporter does.
 */
export const documentedMetrics: readonly Exposes[] = [
  {
    target: 'aeon-dt-api',
    source: 'the aeon-dt specification §4.2; https://prometheus.io/docs/practices/naming/',
    metrics: {
      http_request_duration_seconds: { type: 'histogram', labels: ['method', 'path', 'status'] },
      http_requests_total: { type: 'counter', labels: ['method', 'path', 'status'] },
    },
  },
  {
    target: 'neo4j',
    source: 'https://neo4j.com/docs/operations-manual/5/monitoring/metrics/reference/',
    metrics: { neo4j_database_neo4j_db_query_execution_latency_millis: { type: 'summary' } },
  },
  {
    target: 'postgres-exporter',
    source: 'collector/pg_replication.go of postgres_exporter v0.20.1',
    metrics: { pg_replication_lag_seconds: { type: 'gauge' } },
  },
];
