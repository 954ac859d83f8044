import { pooled } from '../pgbouncer/pooled';
import { type Dashboard, dashboard } from './dashboard';
import { stat, timeseries } from './panel';
import { queryTime, WAIT } from './pools';
import { type Match, max, oneOf, rate, select, sum } from './promql';
import type { Subject } from './subject';
import { table } from './table';

/** Databases as PgBouncer sees them: a pool for each service. What the servers themselves say is in CloudWatch. */
export function databasePerformance({ cluster, workloads }: Subject): Dashboard {
  const names = pooled(workloads).map(({ name }) => name);
  const database: Match = oneOf(names);
  const pools = (metric: string, by: readonly string[] = []) => sum(select(`pgbouncer_pools_${metric}`, { database }), by);
  const total = (metric: string, by: readonly string[] = []) => sum(rate(select(`pgbouncer_stats_totals_${metric}`, { database })), by);
  // Sizes of pools are by the entry's name, connections by `database`, which is the same text.
  const size = `sum by (database) (label_replace(${select('pgbouncer_databases_pool_size', { name: database })}, "database", "$1", "name", "(.*)"))`;
  const legend = '{{database}}';
  const by = ['database'];
  const used = `(${pools('server_active_connections', by)})\n/\n(${size})`;
  return dashboard({
    uid: 'database',
    title: 'Database',
    description: `Databases of ${cluster.name} through PgBouncer, by the service that asks. CPU, storage and replication of the servers are in CloudWatch (RDS).`,
    tags: [cluster.platform, 'overview'],
    rows: [
      {
        title: 'Now',
        panels: [
          stat({
            title: 'Queries',
            description: 'Queries per second, of all services.',
            unit: 'ops',
            span: 6,
            expr: total('queries_total'),
            none: 'none',
          }),
          stat({
            title: 'Query time',
            description: 'Average time of a query in the database.',
            unit: 's',
            span: 6,
            limits: { warn: 0.05, bad: 0.5 },
            expr: queryTime(database),
            none: 'no queries',
          }),
          stat({
            title: 'Clients waiting',
            description: 'Clients that wait for a connection, of all services.',
            unit: 'short',
            decimals: 0,
            span: 6,
            limits: { warn: 1, bad: 20 },
            expr: pools('client_waiting_connections'),
          }),
          stat({
            title: 'Longest wait',
            description: 'How long the client that waits longest has waited for a connection. After 30 seconds PgBouncer gives up on it.',
            unit: 's',
            span: 6,
            limits: WAIT,
            expr: max(select('pgbouncer_pools_client_maxwait_seconds', { database })),
          }),
        ],
      },
      {
        title: 'Services',
        panels: [
          table({
            title: 'Pools',
            description: 'The pool of each service, over all pods of PgBouncer.',
            span: 24,
            height: 7,
            rows: { database: 'Service' },
            columns: [
              { title: 'Queries', unit: 'ops', expr: total('queries_total', by) },
              { title: 'Query time', unit: 's', expr: queryTime(database, by), limits: { warn: 0.05, bad: 0.5 } },
              { title: 'Connections in use', unit: 'short', expr: pools('server_active_connections', by) },
              { title: 'Pool', unit: 'short', expr: size },
              { title: 'Clients', unit: 'short', expr: pools('client_active_connections', by) },
              { title: 'Clients waiting', unit: 'short', expr: pools('client_waiting_connections', by), limits: { warn: 1, bad: 10 } },
            ],
          }),
        ],
      },
      {
        title: 'Queries',
        panels: [
          timeseries({
            title: 'Queries',
            description: 'Queries per second by service.',
            unit: 'ops',
            span: 8,
            queries: [{ expr: total('queries_total', by), legend }],
          }),
          timeseries({
            title: 'Query time',
            description: 'Average time of a query in the database, by service.',
            unit: 's',
            span: 8,
            queries: [{ expr: queryTime(database, by), legend }],
          }),
          timeseries({
            title: 'Transactions',
            description: 'Transactions per second by service.',
            unit: 'ops',
            span: 8,
            queries: [{ expr: total('sql_transactions_pooled_total', by), legend }],
          }),
        ],
      },
      {
        title: 'Connections',
        panels: [
          timeseries({
            title: 'Use of pools',
            description: 'Connections in use as a share of the pool. At 100 % clients wait.',
            unit: 'percentunit',
            most: 1,
            span: 8,
            limits: { bad: 0.9 },
            queries: [{ expr: used, legend }],
          }),
          timeseries({
            title: 'Clients waiting',
            description: 'Clients that wait for a connection, by service.',
            unit: 'short',
            span: 8,
            queries: [{ expr: pools('client_waiting_connections', by), legend }],
          }),
          timeseries({
            title: 'Time spent waiting',
            description: 'Seconds that clients waited for connections, per second: 1 is one client that waits all the time.',
            unit: 's',
            span: 8,
            queries: [{ expr: total('client_wait_seconds_total', by), legend }],
          }),
        ],
      },
      {
        title: 'Traffic',
        panels: [
          timeseries({
            title: 'Sent to the database',
            description: 'Bytes per second that PgBouncer received from clients, by service.',
            unit: 'binBps',
            span: 12,
            queries: [{ expr: total('received_bytes_total', by), legend }],
          }),
          timeseries({
            title: 'Received from the database',
            description: 'Bytes per second that PgBouncer sent to clients, by service.',
            unit: 'binBps',
            span: 12,
            queries: [{ expr: total('sent_bytes_total', by), legend }],
          }),
        ],
      },
    ],
  });
}
