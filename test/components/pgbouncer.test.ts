import { describe, expect, test } from 'vitest';
import type { AwsContract } from '../../charts/aws/contract';
import type { Cluster } from '../../charts/cluster';
import { absent, perEnvironment } from '../../charts/overlay/value';
import { pgbouncerIni } from '../../charts/pgbouncer/ini';
import { cronJob, service } from '../../charts/workload/definition';
import { resources } from '../workload/fixtures';
import { contract, contractWith, podOf, type Rendered, renderAll } from '../workload/support';

const running = { image: 'shop/subject', nodeGroup: 'plain', resources, ports: { http: 8080 }, scale: { min: 1, max: 2 } };
const orders = service('orders', { ...running, database: { name: 'orders', poolSize: 15 } });
const reports = cronJob('reports', {
  image: 'shop/subject',
  nodeGroup: 'plain',
  resources,
  schedule: '1 2 * * *',
  deadlineSeconds: 60,
  database: { name: 'orders', poolSize: 2 },
});
const plain = service('plain', running);
/** The least minor on which the pods of cron jobs are meshed, and so may call PgBouncer. */
const meshedJobs = { kubernetes: '1.34' };
const name = 'shop-pgbouncer';

const render = (workloads: object = { orders, reports, plain }, cluster: Partial<Cluster> = {}) =>
  renderAll(workloads as never, [], { ...meshedJobs, ...cluster });
const iniOf = (rendered: ReturnType<typeof render>): string => rendered.one('ConfigMap', `${name}-config`).data['pgbouncer.ini'];

describe('PgBouncer', () => {
  const rendered = render();

  test('has an entry and a pool for each workload with a database, and for no other', () => {
    const entries = iniOf(rendered).split('\n\n')[0]?.split('\n').slice(1);
    const server = 'host=orders.example.us-east-1.rds.amazonaws.com port=5432 dbname=orders_db';
    // Each of the two pods holds its share of every pool.
    expect(entries).toEqual([`orders = ${server} pool_size=8`, `reports = ${server} pool_size=1`]);
  });

  test('is named to the workload by the entry that it has', () => {
    const env = Object.fromEntries(
      podOf(rendered, 'Deployment', 'orders').spec.containers[0].env.map(({ name, value }: Rendered) => [name, value]),
    );
    expect(env).toMatchObject({ DATABASE_HOST: name, DATABASE_PORT: '6432', DATABASE_NAME: 'orders' });
    expect(rendered.one('Service', name).spec.ports).toEqual([{ name: 'postgres', port: 6432, targetPort: 'postgres' }]);
  });

  test('checks the certificate of the servers against the CA that it mounts', () => {
    const { volumeMounts } = podOf(rendered, 'Deployment', name).spec.containers[0];
    const setting = (key: string) => new RegExp(`^${key} = (.*)$`, 'm').exec(iniOf(rendered))?.[1];
    const mounted = (path = '') => volumeMounts.some(({ mountPath }: Rendered) => path.startsWith(`${mountPath}/`));
    expect(setting('server_tls_sslmode')).toBe('verify-full');
    expect(mounted(setting('server_tls_ca_file'))).toBe(true);
    expect(mounted(setting('auth_file'))).toBe(true);
    expect(rendered.one('ExternalSecret', `${name}-ca`).spec.data[0].remoteRef.key).toBe('/shop/dev/rds-ca');
  });

  test('gets a user list made in the cluster: no password stands here, and each server stands once', () => {
    const { target, data } = rendered.one('ExternalSecret', `${name}-users`).spec;
    expect(target.template.data['userlist.txt']).toBe(
      '"{{ .orders_username | replace "\\"" "\\"\\"" }}" "{{ .orders_password | replace "\\"" "\\"\\"" }}"\n',
    );
    expect(data.map(({ secretKey, remoteRef }: Rendered) => [secretKey, remoteRef.key, remoteRef.property])).toEqual([
      ['orders_password', 'shop/dev/orders/database', 'password'],
      ['orders_username', 'shop/dev/orders/database', 'username'],
    ]);
  });

  test('restarts when its configuration changes', () => {
    const checksum = (all: ReturnType<typeof render>) => podOf(all, 'Deployment', name).metadata.annotations['checksum/config-config'];
    expect(checksum(render({ orders, plain }))).not.toBe(checksum(rendered));
  });

  test('reads its user list and its CA again when they change', () => {
    const { containers, volumes } = podOf(rendered, 'Deployment', name).spec;
    const [main, reloader] = [name, 'reloader'].map((each) => containers.find((container: Rendered) => container.name === each));
    const script: string = reloader.command.at(-1);
    const mountsOf = (secrets: readonly string[]) =>
      volumes
        .filter(({ secret, emptyDir }: Rendered) => secrets.includes(secret?.secretName) || (secrets.length === 0 && emptyDir))
        .map((volume: Rendered) => main.volumeMounts.find((mount: Rendered) => mount.name === volume.name));
    const watched = mountsOf([`${name}-users`, `${name}-ca`]);
    expect(watched).toHaveLength(2);
    for (const mount of watched) {
      expect(script).toContain(`readlink ${mount.mountPath}/..data`);
      expect(reloader.volumeMounts).toContainEqual(mount);
    }
    const [socket] = mountsOf([]);
    expect(reloader.volumeMounts).toContainEqual(socket);
    expect(script).toMatch(new RegExp(`psql --host=${socket.mountPath} --port=6432 .*--command=RELOAD`));
  });

  test('hears of a new password as soon as its clients do', () => {
    const intervals = ['orders-database', `${name}-users`].map((each) => rendered.one('ExternalSecret', each).spec.refreshInterval);
    expect(intervals).toEqual(['5m0s', '5m0s']);
  });

  test('ends by SIGINT, in time: on SIGTERM it would wait for clients that never go', () => {
    const { containers, terminationGracePeriodSeconds } = podOf(rendered, 'Deployment', name).spec;
    const script: string = containers[0].lifecycle.preStop.exec.command.at(-1);
    expect(containers[0].name).toBe(name);
    expect(script).toMatch(/^sleep 10; kill -INT 1; sleep \d+$/);
    const seconds = [...script.matchAll(/sleep (\d+)/g)].reduce((sum, [, each]) => sum + Number(each), 0);
    expect(seconds).toBeLessThan(terminationGracePeriodSeconds);
  });

  test('speaks a protocol that the mesh must not look for', () => {
    const key = 'config.linkerd.io/opaque-ports';
    expect(podOf(rendered, 'Deployment', name).metadata.annotations[key]).toBe('6432');
    expect(rendered.one('Service', name).metadata.annotations[key]).toBe('6432');
    expect(rendered.one('Server', `${name}-postgres`).spec.proxyProtocol).toBe('opaque');
    expect(JSON.stringify(render(undefined, { mesh: false }).all)).not.toContain(key);
  });

  test('lets in those who pool, and nobody else', () => {
    const { spec } = rendered.one('NetworkPolicy', name);
    const peers = spec.ingress.flatMap(({ from, ports }: Rendered) =>
      from.map(({ podSelector }: Rendered) => [podSelector.matchLabels['app.kubernetes.io/name'], ports[0].port]),
    );
    expect(peers).toEqual([
      ['prometheus', 4191],
      ['orders', 'postgres'],
      ['reports', 'postgres'],
    ]);
    const { identityRefs } = rendered.one('MeshTLSAuthentication', `${name}-postgres`).spec;
    expect(identityRefs.map((ref: Rendered) => ref.name)).toEqual(['orders', 'reports']);
  });

  test('is closed to cron jobs whose pods have no proxy: they connect directly', () => {
    expect(() => render(undefined, { kubernetes: '1.28' })).toThrow(/shop\/reports calls "postgres".*outside the mesh.*`managedDatabase`/);
  });

  test('is not there where nobody pools', () => {
    const local = service('local', {
      ...running,
      database: perEnvironment({ dev: absent, staging: { name: 'orders', poolSize: 1 }, production: { name: 'orders', poolSize: 1 } }),
    });
    expect(render({ local, plain }).all.filter(({ metadata }) => metadata.name.startsWith(name))).toEqual([]);
  });

  test('is refused when two databases have one user: its list has one password per name', () => {
    const other = { ...contract.databases.orders } as AwsContract['databases'][string];
    const second = service('second', { ...running, database: { name: 'other', poolSize: 1 } });
    const cluster = contractWith({ databases: { ...contract.databases, other } });
    expect(() => render({ orders, second }, cluster)).toThrow(
      /aws.yaml: databases: two name the passwordSecret shop\/dev\/orders\/database\..*a user of its own/,
    );
    // What nobody pools is in no list.
    expect(() => render({ orders }, cluster)).not.toThrow();
  });

  test('is refused when the servers have different CA bundles', () => {
    const other = {
      ...contract.databases.orders,
      passwordSecret: 'shop/dev/other/database',
      tls: { mode: 'verify-full', caBundle: '/shop/dev/other-ca' },
    } as AwsContract['databases'][string];
    const second = service('second', { ...running, database: { name: 'other', poolSize: 1 } });
    const cluster = contractWith({ databases: { ...contract.databases, other } });
    expect(() => render({ orders, second }, cluster)).toThrow(
      /aws.yaml: databases: PgBouncer reads one CA bundle, but the databases name \/shop\/dev\/rds-ca, \/shop\/dev\/other-ca/,
    );
  });
});

test('the shares of a pool are at least the pool', () => {
  const server = contract.databases.orders as AwsContract['databases'][string];
  for (const replicas of [1, 2, 3, 7]) {
    const ini = pgbouncerIni([{ name: 'a', database: 'orders', poolSize: 10, server }], {
      replicas,
      usersFile: '/u',
      caFile: '/c',
      socketFolder: '/s',
    });
    expect(Number(/pool_size=(\d+)/.exec(ini)?.[1]) * replicas).toBeGreaterThanOrEqual(10);
  }
});
