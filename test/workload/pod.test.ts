import { describe, expect, test } from 'vitest';
import { absent, perEnvironment } from '../../charts/overlay/value';
import { Workload } from '../../charts/workload/definition';
import { fromContract, fromPod } from '../../charts/workload/env';
import { exec, grpc, http, tcp } from '../../charts/workload/probe';
import { emptyDir } from '../../charts/workload/storage';
import { runChecks } from '../../checks/run';
import { fullCronJob, fullService } from './all-props';
import { aCronJob, aService, aWorker, resources } from './fixtures';
import { clusterWith, podOf, type Rendered, render, roleless as withoutRole } from './support';

const main = (rendered: ReturnType<typeof render>, kind = 'Deployment'): Rendered => podOf(rendered, kind).spec.containers[0];
const containersOf = ({ spec }: Rendered): Rendered[] => [...(spec.initContainers ?? []), ...spec.containers];

describe('Pod Security `restricted`', () => {
  const service = render(new Workload('service', 'subject', fullService));
  const batch = render(new Workload('cronJob', 'subject', fullCronJob));
  const pods = [podOf(service, 'StatefulSet'), podOf(service, 'Job'), podOf(batch, 'CronJob')];

  test('holds for every pod', () => {
    for (const { spec } of pods) {
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(spec.securityContext.runAsUser).toBeGreaterThan(0);
    }
  });

  test('holds for every container: main, init, sidecar, migration', () => {
    const containers = pods.flatMap(containersOf);
    expect(containers.map(({ name }) => name)).toEqual(['prepare', 'subject', 'helper', 'subject-migrate', 'prepare', 'subject', 'helper']);
    for (const { securityContext } of containers) {
      expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      expect(securityContext).not.toHaveProperty('privileged');
    }
  });

  test('only the exempted container may write to its own file system', () => {
    const writable = pods.flatMap(containersOf).filter(({ securityContext }) => !securityContext.readOnlyRootFilesystem);
    expect(writable.map(({ name }) => name)).toEqual(['subject', 'subject']);
  });

  test('an exemption is known to the checks, with its reason', () => {
    const findings = (more: object) => {
      const { sourced } = render(aService(more));
      return runChecks(sourced, {}).findings.filter(({ check }) => check === 'read-only-root-filesystem');
    };
    expect(findings({})).toEqual([]);
    expect(findings({ exemptions: { writableRootFilesystem: 'Writes its cache beside its binary.' } })).toEqual([]);
    const { sourced } = render(aService({ exemptions: { writableRootFilesystem: 'x' } }));
    const bare = sourced.map((each) => ({ ...each, object: { ...each.object, metadata: { ...each.object.metadata, annotations: {} } } }));
    expect(runChecks(bare, {}).findings.some(({ check }) => check === 'read-only-root-filesystem')).toBe(true);
  });

  test('no token of the service account, unless the workload talks to the Kubernetes API', () => {
    expect(podOf(render(aService())).spec.automountServiceAccountToken).toBe(false);
    expect(render(aService()).one('ServiceAccount').automountServiceAccountToken).toBe(false);
    const asking = render(aService({ kubernetesApi: true }));
    expect(podOf(asking).spec.automountServiceAccountToken).toBe(true);
    expect(asking.one('ServiceAccount').automountServiceAccountToken).toBe(true);
  });

  test('pods run under their own service account', () => {
    for (const { spec } of pods) expect(spec.serviceAccountName).toBe('subject');
  });
});

describe('graceful end', () => {
  test('a pod waits before it gets SIGTERM, and has time left after that', () => {
    const rendered = render(aService());
    const [, seconds] = main(rendered).lifecycle.preStop.exec.command;
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(Number(seconds)).toBeLessThan(podOf(rendered).spec.terminationGracePeriodSeconds);
  });

  test('both are stated together', () => {
    const rendered = render(aService({ termination: { preStopSeconds: 20, graceSeconds: 90 } }));
    expect(main(rendered).lifecycle.preStop.exec.command).toEqual(['sleep', '20']);
    expect(podOf(rendered).spec.terminationGracePeriodSeconds).toBe(90);
  });

  test('a program that does not end by SIGTERM is told otherwise', () => {
    const preStopCommand = ['sh', '-c', 'sleep 20; kill -INT 1'];
    const end = (preStopSeconds: number) => main(render(aService({ termination: { preStopSeconds, preStopCommand, graceSeconds: 90 } })));
    expect(end(20).lifecycle.preStop).toEqual({ exec: { command: preStopCommand } });
  });

  test('no wait renders no hook', () => {
    expect(main(render(aWorker({ termination: { preStopSeconds: 0, graceSeconds: 90 } })))).not.toHaveProperty('lifecycle');
  });

  test.each([
    [30, 30],
    [31, 30],
  ])('a pod that would be killed inside its preStop hook (%i of %i s) is refused', (preStopSeconds, graceSeconds) => {
    const workload = aService({ termination: { preStopSeconds, graceSeconds } });
    expect(() => render(workload)).toThrow(/subject: termination.preStopSeconds is \d+, graceSeconds 30.*longer graceSeconds/);
  });

  test('a run of a cron job ends by itself', () => {
    expect(main(render(aCronJob()), 'CronJob')).not.toHaveProperty('lifecycle');
    expect(podOf(render(aCronJob()), 'CronJob').spec.restartPolicy).toBe('Never');
  });

  test('a rollout takes no pod away before its successor is ready', () => {
    const { strategy } = render(aService()).one('Deployment').spec;
    expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } });
  });
});

describe('probes', () => {
  const timing = { initialDelaySeconds: 3, periodSeconds: 7, timeoutSeconds: 2, failureThreshold: 4 };
  const liveness = (check: ReturnType<typeof http | typeof tcp | typeof grpc | typeof exec>, port?: 'http' | 'grpc') =>
    main(render(aService({ liveness: { check, port, ...timing } }))).livenessProbe;

  test('of all four kinds', () => {
    expect(liveness(http('/health'))).toEqual({ httpGet: { path: '/health', port: 8080 }, ...timing });
    expect(liveness(tcp(), 'grpc')).toEqual({ tcpSocket: { port: 9000 }, ...timing });
    expect(liveness(grpc('api'), 'grpc')).toEqual({ grpc: { port: 9000, service: 'api' }, ...timing });
    expect(liveness(grpc(), 'grpc')).toEqual({ grpc: { port: 9000 }, ...timing });
    expect(liveness(exec('test', '-f', '/ready'))).toEqual({ exec: { command: ['test', '-f', '/ready'] }, ...timing });
  });

  test('liveness, readiness and startup are told apart', () => {
    const container = main(
      render(aService({ liveness: { check: http('/l') }, readiness: { check: http('/r') }, startup: { check: http('/s') } })),
    );
    expect([container.livenessProbe, container.readinessProbe, container.startupProbe].map(({ httpGet }) => httpGet.path)).toEqual([
      '/l',
      '/r',
      '/s',
    ]);
  });

  test('that ask a port which is not there are refused', () => {
    expect(() => render(aWorker({ liveness: { check: http('/health') } }))).toThrow(
      /subject.liveness: the probe asks port "".*the ports are none/,
    );
    const misspelt = { check: http('/health'), port: 'htpp' as 'http' };
    expect(() => render(aService({ readiness: misspelt }))).toThrow(
      /subject.readiness: the probe asks port "htpp", but the ports are http, grpc/,
    );
  });
});

describe('environment variables', () => {
  const envOf = (env: object, setting = {}) => main(render(aService({ env: env as never }), { cluster: withoutRole, ...setting })).env;

  test('come from text, the contract and the pod', () => {
    expect(envOf({ B: 'text', A: fromContract((aws) => aws.data.region), C: fromPod('status.podIP') })).toEqual([
      { name: 'A', value: 'us-east-1' },
      { name: 'B', value: 'text' },
      { name: 'C', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ]);
  });

  test('may differ per environment, and be absent', () => {
    const env = { LEVEL: perEnvironment<unknown>({ dev: 'debug', staging: 'info', production: absent }) };
    expect(envOf(env, { environment: 'staging' })).toEqual([{ name: 'LEVEL', value: 'info' }]);
    expect(envOf(env, { environment: 'production' })).toBeUndefined();
  });

  test('a database is named through PgBouncer, credentials as files', () => {
    const env = Object.fromEntries(
      main(render(aService({ database: { name: 'orders', poolSize: 5 } }))).env.map(({ name, value }: Rendered) => [name, value]),
    );
    expect(env).toMatchObject({ DATABASE_HOST: 'shop-pgbouncer', DATABASE_PORT: '6432', DATABASE_NAME: 'subject' });
    expect(env.DATABASE_PASSWORD_FILE).toBe('/etc/secrets/database/password');
  });

  test('Redis is named with its way of logging in, if it has one', () => {
    const names = (redis: string) => main(render(aService({ redis }), { cluster: withoutRole })).env.map(({ name }: Rendered) => name);
    expect(names('main')).toEqual(['REDIS_HOST', 'REDIS_PASSWORD_FILE', 'REDIS_PORT', 'REDIS_TLS']);
    expect(names('open')).toEqual(['REDIS_HOST', 'REDIS_PORT', 'REDIS_TLS']);
    expect(() => render(aService({ redis: 'nowhere' }))).toThrow(/aws.yaml: redis has no entry "nowhere"; there are: main, open/);
  });

  test('the region of AWS is named to workloads with an IAM role, and to no others', () => {
    const region = { name: 'AWS_REGION', value: 'us-east-1' };
    expect(main(render(aService())).env).toEqual([region]);
    expect(main(render(aCronJob()), 'CronJob').env).toEqual([region]);
    expect(main(render(aService(), { cluster: withoutRole }))).not.toHaveProperty('env');
  });

  test('buckets are named, and require an IAM role', () => {
    const rendered = render(aService({ buckets: { 'user-media': 'read' } }));
    expect(main(rendered).env).toContainEqual({ name: 'USER_MEDIA_BUCKET', value: 'shop-media-dev' });
    expect(rendered.one('ServiceAccount').metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/shop-dev-subject',
    });
    const roleless = new Workload('service', 'roleless', { ...fullService, buckets: { 'user-media': 'read' } });
    expect(() => render(roleless)).toThrow(/aws.yaml: roles has no entry "shop\/roleless"/);
  });
});

describe('images', () => {
  test('are of the registry of the contract, with the tag and digest of the release', () => {
    expect(main(render(aService())).image).toBe('111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/subject:v1.2.3');
    expect(main(render(aService({ image: 'shop/other' }))).image).toBe(
      `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/other:v4.5.6@sha256:${'a'.repeat(64)}`,
    );
  });

  test('without a release are refused', () => {
    expect(() => render(aService({ image: 'shop/unknown' }))).toThrow(/releases.yaml: images has no entry "shop\/unknown"/);
  });
});

describe('further containers', () => {
  test('run the image of the workload, unless they name one', () => {
    const { initContainers } = podOf(render(aService({ init: { one: { resources }, two: { image: 'shop/other', resources } } }))).spec;
    expect(initContainers.map(({ name, image }: Rendered) => [name, image.split('/shop/')[1].split('@')[0]])).toEqual([
      ['one', 'subject:v1.2.3'],
      ['two', 'other:v4.5.6'],
    ]);
  });

  test('see the volumes that they name, and no others', () => {
    const volumes = { tmp: { source: emptyDir('1Gi'), mountPath: '/tmp' }, cache: { source: emptyDir('1Gi'), mountPath: '/cache' } };
    const { containers } = podOf(render(aService({ volumes, sidecars: { helper: { resources, mounts: ['tmp'] } } }))).spec;
    expect(containers[1].volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
    expect(() => render(aService({ volumes, sidecars: { helper: { resources, mounts: ['tpm'] } } }))).toThrow(
      /container helper of subject mounts "tpm", but the workload has "cache", "tmp"/,
    );
  });
});

test('the same workload in the same cluster is the same, every time', () => {
  const workload = new Workload('service', 'subject', fullService);
  expect(render(workload).all).toEqual(render(workload, { cluster: clusterWith() }).all);
});
