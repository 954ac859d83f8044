import type { Exposes } from '../metrics/exposes';

const POOL = ['database', 'user'];
const DATABASE = ['database'];

/** What we read of PgBouncer, through its exporter: `database` is the entry in pgbouncer.ini, which is the workload's name. */
export const pgbouncerMetrics: Exposes = {
  target: 'pgbouncer-exporter',
  source: 'collector of pgbouncer_exporter v0.12.1',
  metrics: {
    pgbouncer_databases_pool_size: { type: 'gauge', labels: ['database', 'force_user', 'host', 'name', 'pool_mode', 'port'] },
    pgbouncer_pools_client_active_connections: { type: 'gauge', labels: POOL },
    pgbouncer_pools_client_maxwait_seconds: { type: 'gauge', labels: POOL },
    pgbouncer_pools_client_waiting_connections: { type: 'gauge', labels: POOL },
    pgbouncer_pools_server_active_connections: { type: 'gauge', labels: POOL },
    pgbouncer_pools_server_idle_connections: { type: 'gauge', labels: POOL },
    pgbouncer_stats_totals_client_wait_seconds_total: { type: 'counter', labels: DATABASE },
    pgbouncer_stats_totals_queries_duration_seconds_total: { type: 'counter', labels: DATABASE },
    pgbouncer_stats_totals_queries_total: { type: 'counter', labels: DATABASE },
    pgbouncer_stats_totals_received_bytes_total: { type: 'counter', labels: DATABASE },
    pgbouncer_stats_totals_sent_bytes_total: { type: 'counter', labels: DATABASE },
    pgbouncer_stats_totals_sql_transactions_pooled_total: { type: 'counter', labels: DATABASE },
  },
};
