/** Port on which PgBouncer takes connections. */
export const PGBOUNCER_PORT = 6432;

/** Name of that port. */
export const PGBOUNCER_PORT_NAME = 'postgres';

/** Name of a platform's PgBouncer: its Deployment, Service and Application. */
export const pgbouncerName = (platform: string): string => `${platform}-pgbouncer`;
