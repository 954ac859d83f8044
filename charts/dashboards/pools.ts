import { type Panel, timeseries } from './panel';
import { type Match, rate, select, share, sum } from './promql';

/** Seconds that a client waits for a connection before it is worrying, and before PgBouncer gives up on it. */
export const WAIT = { warn: 1, bad: 10 } as const;

/** Seconds that queries take, on average. */
export const queryTime = (database: Match, by: readonly string[] = []): string =>
  share(
    sum(rate(select('pgbouncer_stats_totals_queries_duration_seconds_total', { database })), by),
    sum(rate(select('pgbouncer_stats_totals_queries_total', { database })), by),
  );

/** The pool of one workload, which PgBouncer calls by the workload's name: a line of panels. */
export const poolPanels = (name: string): readonly Panel[] => [
  timeseries({
    title: 'Connections to the database',
    description:
      'Connections of PgBouncer to the database for this workload, in use and idle. Dashed: the size of its pool, over all pods of PgBouncer.',
    unit: 'short',
    span: 8,
    queries: [
      { expr: sum(select('pgbouncer_pools_server_active_connections', { database: name })), legend: 'in use' },
      { expr: sum(select('pgbouncer_pools_server_idle_connections', { database: name })), legend: 'idle' },
      { expr: sum(select('pgbouncer_databases_pool_size', { name })), legend: 'pool', line: true },
    ],
  }),
  timeseries({
    title: 'Waiting for a connection',
    description:
      'Clients that wait for a connection of the pool. More than a few, for long: the pool is too small, or queries are too slow.',
    unit: 'short',
    span: 8,
    queries: [{ expr: sum(select('pgbouncer_pools_client_waiting_connections', { database: name })), legend: 'clients waiting' }],
  }),
  timeseries({
    title: 'Query time',
    description: 'Average time of a query in the database, without the wait for a connection.',
    unit: 's',
    span: 8,
    queries: [{ expr: queryTime(name), legend: 'average' }],
  }),
];
