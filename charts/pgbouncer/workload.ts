import { database } from '../aws/refs';
import type { Cluster } from '../cluster';
import { PRIORITY_CLASSES } from '../priority-classes/chart';
import { managedDatabase } from '../workload/calls';
import { http, tcp } from '../workload/probe';
import type { ResolvedWorkload } from '../workload/resolve';
import { fixed } from '../workload/scaling';
import { emptyDir, existingSecret } from '../workload/storage';
import { pgbouncerIni } from './ini';
import { PGBOUNCER_PORT, PGBOUNCER_PORT_NAME, pgbouncerName } from './names';
import type { PooledWorkload } from './pooled';
import { reloadScript } from './reload';

/** Folders that pgbouncer.ini refers to. */
const PATHS = { config: '/etc/pgbouncer', users: '/etc/pgbouncer-users', ca: '/etc/pgbouncer-ca', socket: '/var/run/pgbouncer' } as const;

/**
 * The platform's PgBouncer as a workload like any other: it gets the same probes, budget, spread and policies. It pools transactions,
 * with one entry and pool per workload, and goes on to the servers with TLS and their CA checked.
 */
export function pgbouncer(cluster: Cluster, workloads: readonly PooledWorkload[]): ResolvedWorkload {
  const name = pgbouncerName(cluster.platform);
  const { replicas, nodeGroup, resources } = cluster.pgbouncer;
  const databases = [...new Set(workloads.map((workload) => workload.database))].sort();
  return {
    kind: 'service',
    key: 'pgbouncer',
    name,
    props: {
      image: `${cluster.platform}/pgbouncer`,
      args: [`${PATHS.config}/pgbouncer.ini`],
      ports: { [PGBOUNCER_PORT_NAME]: PGBOUNCER_PORT },
      nodeGroup,
      // As important as those who wait for it: they must not displace it.
      priorityClass: PRIORITY_CLASSES.interactive,
      resources,
      scale: fixed(replicas),
      config: {
        config: {
          mountPath: PATHS.config,
          files: {
            'pgbouncer.ini': pgbouncerIni(
              workloads.map((workload) => ({ ...workload, server: database(cluster.aws, workload.database) })),
              { replicas, usersFile: `${PATHS.users}/userlist.txt`, caFile: `${PATHS.ca}/ca.crt`, socketFolder: PATHS.socket },
            ),
          },
        },
      },
      volumes: {
        users: { source: existingSecret(`${name}-users`), mountPath: PATHS.users, readOnly: true },
        ca: { source: existingSecret(`${name}-ca`), mountPath: PATHS.ca, readOnly: true },
        socket: { source: emptyDir('1Mi', 'Memory'), mountPath: PATHS.socket },
      },
      // The console lets a process of PgBouncer's own user in through the socket, without a password.
      sidecars: {
        reloader: {
          command: ['sh', '-c', reloadScript([PATHS.users, PATHS.ca], PATHS.socket, PGBOUNCER_PORT)],
          resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { cpu: '50m', memory: '64Mi' } },
          mounts: ['users', 'ca', 'socket'],
        },
        exporter: {
          image: `${cluster.platform}/pgbouncer-exporter`,
          args: [
            '--web.listen-address=:9127',
            '--log.format=json',
            `--pgBouncer.connectionString=user=pgbouncer host=${PATHS.socket} port=${PGBOUNCER_PORT} dbname=pgbouncer sslmode=disable`,
          ],
          ports: { metrics: 9127 },
          liveness: { check: http('/'), initialDelaySeconds: 10 },
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
          mounts: ['socket'],
        },
      },
      exemptions: {
        checks: {
          'credential-by-name': 'The connection string of the exporter holds no password: the socket needs none.',
          'liveness-probe': 'The reloader is a loop of the shell; PgBouncer and the exporter have probes.',
        },
      },
      metrics: { port: 'metrics', path: '/metrics' },
      liveness: { check: tcp(), initialDelaySeconds: 10, periodSeconds: 10 },
      readiness: { check: tcp(), periodSeconds: 5 },
      // SIGINT lets running transactions end and then stops; on SIGTERM PgBouncer would wait for clients, which never go by themselves.
      termination: { preStopSeconds: 10, preStopCommand: ['sh', '-c', 'sleep 10; kill -INT 1; sleep 45'], graceSeconds: 60 },
      // Not HTTP: the proxy must not look for a protocol in it.
      traffic: { [PGBOUNCER_PORT_NAME]: { protocol: 'opaque' } },
    },
    calls: databases.map(managedDatabase),
    patches: [],
  };
}
