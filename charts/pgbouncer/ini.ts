import type { Database } from '../aws/refs';
import type { PooledWorkload } from './pooled';

/** What `pgbouncer.ini` says beside the databases. */
export interface IniProps {
  /** PgBouncer pods; each gets its share of every pool. */
  readonly replicas: number;
  readonly usersFile: string;
  readonly caFile: string;
  /** Folder of the Unix socket. */
  readonly socketFolder: string;
}

/** The text of `pgbouncer.ini` (https://www.pgbouncer.org/config.html): one entry per workload, so that each has a pool of its own. */
export function pgbouncerIni(entries: readonly (PooledWorkload & { readonly server: Database })[], props: IniProps): string {
  const databases = entries.map(({ name, poolSize, server }) => {
    const share = Math.ceil(poolSize / props.replicas);
    return `${name} = host=${server.endpoint} port=${server.port} dbname=${server.databaseName} pool_size=${share}`;
  });
  const settings: Readonly<Record<string, string | number>> = {
    listen_addr: '0.0.0.0',
    listen_port: 6432,
    unix_socket_dir: props.socketFolder,
    auth_type: 'scram-sha-256',
    auth_file: props.usersFile,
    pool_mode: 'transaction',
    max_client_conn: 2000,
    // Prepared statements work in transaction mode too (PgBouncer 1.21 and up).
    max_prepared_statements: 200,
    ignore_startup_parameters: 'extra_float_digits',
    server_tls_sslmode: 'verify-full',
    server_tls_ca_file: props.caFile,
    // Connections move to a new primary, and to rotated passwords, within this many seconds.
    server_lifetime: 900,
    server_connect_timeout: 5,
    query_wait_timeout: 30,
    log_connections: 0,
    log_disconnections: 0,
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}`);
  return ['[databases]', ...databases, '', '[pgbouncer]', ...lines, ''].join('\n');
}
