import { describe, expect, test } from 'vitest';
import { type AnyProps, Workload, type WorkloadKind } from '../../charts/workload/definition';
import { fullCronJob, fullService, fullWorker } from './all-props';
import { minimalCronJob, minimalService, minimalWorker } from './fixtures';
import { type Objects, render } from './support';

const workload = (kind: WorkloadKind, props: object): Workload => new Workload(kind, 'subject', props as AnyProps);
const names = ({ all }: Objects) => all.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

describe('with minimal props', () => {
  test('a service is a Deployment with all that it takes to run safely', () => {
    expect(names(render(workload('service', minimalService)))).toEqual([
      'Deployment subject',
      'HorizontalPodAutoscaler subject',
      'NetworkPolicy subject',
      'PodDisruptionBudget subject',
      'Service subject',
      'ServiceAccount subject',
    ]);
  });

  test('a worker is the same without a Service', () => {
    expect(names(render(workload('worker', minimalWorker)))).toEqual([
      'Deployment subject',
      'HorizontalPodAutoscaler subject',
      'NetworkPolicy subject',
      'PodDisruptionBudget subject',
      'ServiceAccount subject',
    ]);
  });

  test('a cron job is a CronJob with its identity and policy', () => {
    expect(names(render(workload('cronJob', minimalCronJob)))).toEqual([
      'CronJob subject',
      'NetworkPolicy subject',
      'ServiceAccount subject',
    ]);
  });
});

/** What lets Prometheus in to a port of a workload in the mesh. */
const meshObjects = ['AuthorizationPolicy', 'MeshTLSAuthentication', 'Server'].map((kind) => `${kind} subject-http`);

const serviceObjects = [
  'PrometheusRule subject',
  'Certificate subject-tls',
  'HTTPLocalRateLimitPolicy subject-http',
  'HTTPRoute subject-http',
  'HTTPRoute subject-http-reports-retried',
  'Ingress subject',
  'Service subject',
];

const runningObjects = [
  ...meshObjects,
  'ConfigMap subject-rules',
  'ExternalSecret subject-database',
  'ExternalSecret subject-database-ca',
  'ExternalSecret subject-jwt',
  'ExternalSecret subject-redis',
  'ExternalSecret subject-stripe',
  'HorizontalPodAutoscaler subject',
  'Job subject-migrate',
  'NetworkPolicy subject',
  'NetworkPolicy subject-migrate',
  'PodDisruptionBudget subject',
  'PodMonitor subject',
  'Service subject-headless',
  'ServiceAccount subject',
  'StatefulSet subject',
];

describe('with all props', () => {
  test('a service', () => {
    expect(names(render(workload('service', fullService)))).toEqual([...runningObjects, ...serviceObjects].sort());
  });

  test('a worker', () => {
    expect(names(render(workload('worker', fullWorker)))).toEqual([...runningObjects].sort());
  });

  test('a cron job', () => {
    expect(names(render(workload('cronJob', fullCronJob)))).toEqual([
      'ConfigMap subject-rules',
      'CronJob subject',
      'ExternalSecret subject-database',
      'ExternalSecret subject-jwt',
      'ExternalSecret subject-redis',
      'ExternalSecret subject-stripe',
      'NetworkPolicy subject',
      'ServiceAccount subject',
    ]);
  });
});

const kinds = [
  ['service', fullService, minimalService],
  ['worker', fullWorker, minimalWorker],
  ['cronJob', fullCronJob, minimalCronJob],
] as const;

describe.each(kinds)('of a %s', (kind, full, minimal) => {
  const everything = render(workload(kind, full)).all;
  const other: object = { ...minimal, image: 'shop/other', ports: { http: 8081, grpc: 9000 } };
  const optional = Object.keys(full).filter((prop) => !Object.hasOwn(minimal, prop));
  // Leaving these out alone contradicts another one.
  const extra = ['init', 'sidecars'];
  const together: Readonly<Record<string, readonly string[]>> = {
    config: extra,
    secrets: extra,
    volumes: extra,
    database: ['migration'],
    ports: ['metrics', 'liveness', 'readiness', 'startup'],
  };

  test.each(optional)('%s has an effect', (prop) => {
    const without = (props: readonly string[]) =>
      render(workload(kind, Object.fromEntries(Object.entries(full).filter(([key]) => !props.includes(key))))).all;
    const others = together[prop] ?? [];
    expect(without([prop, ...others])).not.toEqual(others.length === 0 ? everything : without(others));
  });

  test.each(Object.keys(minimal))('%s, which is required, has an effect', (prop) => {
    const { all } = render(workload(kind, { ...full, [prop]: other[prop as keyof typeof other] }));
    expect(all).not.toEqual(everything);
  });
});

describe('members of props', () => {
  type Path = readonly string[];
  /** Paths to the members of objects inside the props, but not to the entries of maps. */
  const members: readonly Path[] = [
    ...['cpu', 'memory', 'metrics', 'scaleDown', 'scaleUp'].map((member) => ['scale', member]),
    ...['liveness', 'readiness'].flatMap((probe) =>
      ['port', 'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold'].map((member) => [probe, member]),
    ),
    ...['image', 'command', 'args', 'deadlineSeconds', 'retries'].map((member) => ['migration', member]),
    ...['port', 'path', 'maxBodySize', 'readTimeoutSeconds'].map((member) => ['expose', member]),
    ...['requestsPerSecond', 'burstFactor', 'connections'].map((member) => ['expose', 'rateLimit', member]),
    ...['image', 'command', 'args', 'env', 'mounts'].flatMap((member) => [
      ['init', 'prepare', member],
      ['sidecars', 'helper', member],
    ]),
    ...['env', 'files', 'mountPath'].map((member) => ['secrets', 'stripe', member]),
    ...['protocol', 'rateLimit', 'routes'].map((member) => ['traffic', 'http', member]),
    ...['total', 'perCaller'].map((member) => ['traffic', 'http', 'rateLimit', member]),
    ...['method', 'timeout', 'tryTimeout'].map((member) => ['traffic', 'http', 'routes', 'reports', member]),
    ...['minPenalty', 'maxPenalty', 'jitter'].map((member) => ['circuitBreaker', member]),
    ['volumes', 'archive', 'readOnly'],
    ['claims', 'data', 'accessModes'],
    ['resources', 'limits', 'cpu'],
  ];
  const everything = render(workload('service', fullService)).all;

  // The first port is asked where none is named, so for liveness naming it says the same.
  test.each(members.filter((path) => path.join('.') !== 'liveness.port').map((path) => [path.join('.'), path] as const))(
    '%s has an effect',
    (_, path) => {
      expect(render(workload('service', without(fullService, path))).all).not.toEqual(everything);
    },
  );

  function without(value: object, [first = '', ...rest]: Path): object {
    const entries = Object.entries(value);
    if (!Object.hasOwn(value, first)) throw new Error(`no member ${first}`);
    return Object.fromEntries(
      rest.length === 0
        ? entries.filter(([key]) => key !== first)
        : entries.map(([key, member]) => [key, key === first ? without(member, rest) : member]),
    );
  }
});
