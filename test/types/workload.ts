/**
 * What the types of workloads promise. Compiled by `npm run typecheck`, never run: each directive below must hide an error,
 * because tsc reports a directive that hides none ("Unused '@ts-expect-error' directive").
 */
import type { PodParty } from '../../charts/network';
import { absent, type PerEnvironment, perEnvironment, remove } from '../../charts/overlay/value';
import { componentCall, endpoint, managedDatabase } from '../../charts/workload/calls';
import { cronJob, service, worker } from '../../charts/workload/definition';
import { fromPod } from '../../charts/workload/env';
import { platform } from '../../charts/workload/platform';
import { exec, grpc, http, tcp } from '../../charts/workload/probe';
import { fixed } from '../../charts/workload/scaling';
import { emptyDir, existingSecret } from '../../charts/workload/storage';

const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } };
const base = { image: 'shop/api', nodeGroup: 'plain', resources, scale: { min: 1, max: 2 } };
const running = { ...base, ports: { http: 8080, grpc: 9000 } };

// What is right compiles.
export const api = service('api', {
  image: 'shop/api',
  nodeGroup: perEnvironment({ dev: 'plain', staging: 'plain', production: 'picky' }),
  resources,
  ports: { http: 8080, grpc: 9000, metrics: 9090 },
  scale: perEnvironment({ dev: fixed(1), staging: { min: 1, max: 2 }, production: { min: 3, max: 9, memory: 80 } }),
  liveness: { check: http('/health') },
  readiness: { check: grpc(), port: 'grpc' },
  startup: { check: exec('test', '-f', '/ready') },
  metrics: { port: 'metrics', path: '/metrics' },
  expose: { host: perEnvironment({ dev: 'api', staging: 'api', production: 'www' }), port: 'http' },
  env: { LEVEL: 'info', DEBUG: perEnvironment({ dev: '1', staging: absent, production: absent }), POD: fromPod('metadata.name') },
  redis: perEnvironment({ dev: absent, staging: 'main', production: 'main' }),
  volumes: { tmp: { source: emptyDir('1Gi'), mountPath: '/tmp' } },
}).calls(() => [endpoint('smtp'), managedDatabase('orders'), silent.on('http', { timeout: '2s', retries: 1 })]);
export const silent = service('silent', running);
export const mailer = worker('mailer', { ...base, ports: { metrics: 9090 }, metrics: { port: 'metrics', path: '/metrics' } });
export const portless = worker('portless', base);
export const nightly = cronJob('nightly', {
  image: 'shop/api',
  nodeGroup: 'plain',
  resources,
  schedule: '15 2 * * *',
  deadlineSeconds: 60,
});
export const shop = platform('shop', { api, silent, mailer, portless, nightly });

// Fields.
// @ts-expect-error required field missing: scale
service('x', { image: 'shop/api', nodeGroup: 'plain', resources, ports: { http: 8080 } });
// @ts-expect-error required field missing: nodeGroup
cronJob('x', { image: 'shop/api', resources, schedule: '15 2 * * *', deadlineSeconds: 60 });
// @ts-expect-error misspelt field
service('x', { ...running, livenes: { check: http('/health') } });
// @ts-expect-error misspelt field of a worker
worker('x', { ...base, enviroment: {} });
// @ts-expect-error misspelt field of a cron job
cronJob('x', { image: 'shop/api', nodeGroup: 'plain', resources, schedule: '15 2 * * *', deadlineSeconds: 60, retrys: 1 });
// @ts-expect-error misspelt field inside an object
service('x', { ...running, termination: { preStopSeconds: 5, graceSecond: 30 } });
// @ts-expect-error half an object
service('x', { ...running, termination: { preStopSeconds: 5 } });
// @ts-expect-error a field of another kind: nobody calls a worker
worker('x', { ...base, expose: { host: 'x' } });
// @ts-expect-error a field of another kind: cron jobs do not scale
cronJob('x', { ...base, schedule: '15 2 * * *', deadlineSeconds: 60 });
// @ts-expect-error a field of another kind: cron jobs have no probes
cronJob('x', { image: 'shop/api', nodeGroup: 'plain', resources, schedule: '1 2 * * *', deadlineSeconds: 60, liveness: { check: tcp() } });
// @ts-expect-error a string where a check is wanted
service('x', { ...running, liveness: { check: '/health' } });
// @ts-expect-error an object that only looks like a check
service('x', { ...running, liveness: { check: { httpPath: '/health' } } });
// @ts-expect-error a volume is no check
service('x', { ...running, liveness: { check: emptyDir('1Gi') } });
// @ts-expect-error a number where a quantity is wanted
service('x', { ...running, resources: { requests: { cpu: 0.1, memory: '64Mi' }, limits: { memory: '128Mi' } } });
// @ts-expect-error memory has a limit always
service('x', { ...running, resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1' } } });
// @ts-expect-error a check is no source of a volume
service('x', { ...running, volumes: { tmp: { source: http('/'), mountPath: '/tmp' } } });
// @ts-expect-error a volume that does not say where it is mounted
service('x', { ...running, volumes: { tmp: { source: existingSecret('tls') } } });
// @ts-expect-error a secret that does not say how a change is taken up
service('x', { ...running, secrets: { jwt: { from: { secret: 'jwt' }, files: { key: 'key' } } } });
// @ts-expect-error a secret's value
service('x', { ...running, secrets: { jwt: 'hunter2' } });
// @ts-expect-error a number as an environment variable
service('x', { ...running, env: { PORT: 8080 } });
// @ts-expect-error no such field of a pod
fromPod('metadata.nmae');
// @ts-expect-error an exemption without a reason
service('x', { ...running, exemptions: { writableRootFilesystem: true } });
// @ts-expect-error no such way of using a bucket
service('x', { ...running, buckets: { media: 'write' } });
// @ts-expect-error scratch space has a limit always
emptyDir();

// Port names.
// @ts-expect-error no such port: liveness
service('x', { ...running, liveness: { check: tcp(), port: 'htpp' } });
// @ts-expect-error no such port: metrics
service('x', { ...running, metrics: { port: 'metrics', path: '/metrics' } });
// @ts-expect-error no such port: expose
service('x', { ...running, expose: { host: 'x', port: 'https' } });
// @ts-expect-error a worker without ports has none to scrape
worker('x', { ...base, metrics: { port: 'metrics', path: '/metrics' } });
// @ts-expect-error a port without a number
service('x', { ...running, ports: { http: 'http' } });

// Values per environment.
// @ts-expect-error an environment is missing
service('x', { ...running, scale: perEnvironment({ dev: { min: 1, max: 2 }, staging: { min: 1, max: 2 } }) });
// @ts-expect-error no such environment
service('x', { ...running, nodeGroup: perEnvironment({ dev: 'a', staging: 'a', production: 'a', prod: 'a' }) });
service('x', {
  ...running,
  scale: perEnvironment({
    dev: { min: 1, max: 2 },
    staging: { min: 1, max: 2 },
    // @ts-expect-error misspelt field inside perEnvironment
    production: { min: 1, maximum: 2 },
  }),
});
// @ts-expect-error wrong type inside perEnvironment
service('x', { ...running, redis: perEnvironment({ dev: 1, staging: absent, production: absent }) });
// @ts-expect-error a required field cannot be absent
service('x', { ...running, scale: absent });
// @ts-expect-error a required field cannot be absent anywhere
service('x', { ...running, nodeGroup: perEnvironment({ dev: absent, staging: 'plain', production: 'plain' }) });
// @ts-expect-error the image is the same everywhere: releases differ
service('x', { ...running, image: perEnvironment({ dev: 'a', staging: 'a', production: 'a' }) });
// @ts-expect-error `remove` is a word of overlays
service('x', { ...running, redis: remove });
/** Values per environment have a type too. */
export const replicas: PerEnvironment<number> = perEnvironment({ dev: 1, staging: 2, production: 3 });

// Calls.
export const calls = [
  api.on('http'),
  // @ts-expect-error no such port
  api.on('htpp'),
  // @ts-expect-error nor one of another workload
  silent.on('metrics'),
  // @ts-expect-error a port by its number
  api.on(8080),
  // @ts-expect-error a call says which port
  api.on(),
  // @ts-expect-error misspelt option
  api.on('http', { timeuot: '2s' }),
  // @ts-expect-error a timeout has a unit
  api.on('http', { timeout: 2 }),
  api.on('http', { timeout: '2s', retries: 1, tryTimeout: '500ms', rateLimit: 50 }),
  // @ts-expect-error retries are counted
  api.on('http', { retries: '2' }),
  // @ts-expect-error requests per second, a number
  api.on('http', { rateLimit: '50/s' }),
  // @ts-expect-error nobody calls a cron job
  nightly.on('http'),
  // @ts-expect-error a worker without ports cannot be called
  portless.on('http'),
  // @ts-expect-error nor one with ports: they serve probes and metrics
  mailer.on('metrics'),
];
declare const collector: () => PodParty<'otlp' | 'metrics'>;
/** A component's module exports calls by the names of its ports. */
export const tracing = componentCall(collector, 'otlp', { timeout: '2s' });
api.calls(() => [tracing]);
// @ts-expect-error no such port of the component
componentCall(collector, 'otpl');

// What the mesh is told.
service('x', { ...running, outsideMesh: ['http'], traffic: { http: { protocol: 'gRPC', rateLimit: { total: 5 } } } });
// @ts-expect-error no such port: outsideMesh
service('x', { ...running, outsideMesh: ['htpp'] });
// @ts-expect-error ports by name, in a list
service('x', { ...running, outsideMesh: 'http' });
// @ts-expect-error nobody calls a worker
worker('x', { ...base, outsideMesh: ['http'] });
// @ts-expect-error no such port: traffic
service('x', { ...running, traffic: { htpp: { protocol: 'gRPC' } } });
// @ts-expect-error no such protocol
service('x', { ...running, traffic: { http: { protocol: 'http' } } });
// @ts-expect-error a route says for which paths
service('x', { ...running, traffic: { http: { routes: { reports: { timeout: '9s' } } } } });
// @ts-expect-error a circuit breaker says after how many failures
service('x', { ...running, circuitBreaker: { maxPenalty: '1m' } });
// @ts-expect-error a workload is no call
api.calls(() => [silent]);
// @ts-expect-error a name is no call
api.calls(() => ['silent']);
// @ts-expect-error calls are read late: a function
api.calls([silent.on('http')]);
// @ts-expect-error `calls` is a method, not a field: two workloads could not call each other
service('x', { ...running, calls: () => [silent.on('http')] });

// @ts-expect-error only workloads
platform('x', { api: 'api' });
