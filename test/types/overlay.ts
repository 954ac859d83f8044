/**
 * What the types of overlays promise. Compiled by `npm run typecheck`, never run: each directive below must hide an error,
 * because tsc reports a directive that hides none ("Unused '@ts-expect-error' directive").
 */
import { absent, perEnvironment, remove } from '../../charts/overlay/value';
import { type Call, endpoint } from '../../charts/workload/calls';
import { cronJob, service, worker } from '../../charts/workload/definition';
import { type Overlay, platform } from '../../charts/workload/platform';
import { http, type ProbeCheck, tcp } from '../../charts/workload/probe';
import type { Resources } from '../../charts/workload/props';
import { fixed } from '../../charts/workload/scaling';
import { emptyDir } from '../../charts/workload/storage';
import { cluster } from '../../fleet/definition';

const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } };

const api = service('api', {
  image: 'shop/api',
  nodeGroup: 'plain',
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
  ports: { http: 8080, metrics: 9090 },
  scale: perEnvironment({ dev: { min: 1, max: 2 }, staging: { min: 1, max: 2 }, production: { min: 3, max: 9, cpu: 60 } }),
  liveness: { check: http('/health'), periodSeconds: 10 },
  args: ['serve'],
  env: { LEVEL: 'info' },
  metrics: { port: 'metrics', path: '/metrics' },
  config: { rules: { mountPath: '/etc/rules', files: { 'a.txt': 'a' } } },
}).calls(() => [mailer.on('http')]);
const mailer = service('mailer', { image: 'shop/mailer', nodeGroup: 'plain', resources, ports: { http: 8080 }, scale: fixed(1) });
const queue = worker('queue', { image: 'shop/queue', nodeGroup: 'plain', resources, scale: { min: 1, max: 2 } });
const nightly = cronJob('nightly', {
  image: 'shop/nightly',
  nodeGroup: 'plain',
  resources,
  schedule: '15 2 * * *',
  deadlineSeconds: 600,
  suspend: perEnvironment({ dev: true, staging: absent, production: absent }),
});
const shop = platform('shop', { api, mailer, queue, nightly });
type Shop = Overlay<typeof shop>;

// What is right compiles.
export const right: readonly Shop[] = [
  {},
  { api: {} },
  { api: remove, nightly: remove },
  // Part of a stated object, at any depth.
  { api: { resources: { limits: { cpu: '2' } }, scale: { max: 20 }, env: { LEVEL: 'warn', MORE: 'x' } } },
  { api: { liveness: { check: tcp(), port: 'http' } } },
  // Whole of an unstated one.
  { api: { termination: { preStopSeconds: 5, graceSeconds: 20 }, readiness: { check: http('/ready') } } },
  { queue: { env: { LEVEL: 'warn' }, volumes: { tmp: { source: emptyDir('1Gi'), mountPath: '/tmp' } } } },
  // What is optional can be removed, at any depth.
  { api: { liveness: remove, args: remove, env: { LEVEL: remove }, resources: { limits: { cpu: remove } } }, nightly: { suspend: remove } },
  // Another form of the same field.
  { api: { scale: fixed(3) }, mailer: { scale: { min: 1, max: 3 } } },
  // Computed from the value below.
  {
    api: {
      scale: { min: (base) => base + 1, max: (base) => base * 2 },
      args: (base) => [...base, '--verbose'],
      image: (base) => `${base}-debug`,
    },
  },
  { api: { resources: (base) => ({ ...base, limits: { memory: '1Gi' } }) }, nightly: { schedule: (base) => base.replace('2', '3') } },
  { api: { redis: (base) => base ?? 'main' } },
  // Calls and patches.
  { api: { calls: [] }, queue: { calls: [mailer.on('http'), endpoint('smtp')] }, nightly: { calls: (base) => [...base, api.on('http')] } },
  { api: { patch: [{ kind: 'Service', operations: [{ op: 'add', path: '/spec/clusterIP', value: 'None' }] }] } },
];

// Functions get the value below in its own type, with the environment known.
export const computed: Shop = {
  api: {
    scale: {
      max: (base) => {
        const max: number = base;
        return max;
      },
    },
    resources: (base) => {
      const below: Resources = base;
      return below;
    },
    liveness: {
      check: (base) => {
        const check: ProbeCheck = base;
        return check;
      },
    },
    calls: (base) => {
      const below: readonly Call[] = base;
      return below;
    },
    env: {
      LEVEL: (base) => {
        /* The base may not state it. */ if (base === undefined) return 'info';
        return base;
      },
    },
  },
  nightly: {
    suspend: (base) => {
      const below: boolean = base;
      return !below;
    },
  },
};

export const wrong: readonly Shop[] = [
  // @ts-expect-error misspelt workload
  { apii: {} },
  // @ts-expect-error misspelt field
  { api: { scal: { max: 3 } } },
  // @ts-expect-error misspelt field inside an object
  { api: { scale: { maximum: 3 } } },
  // @ts-expect-error misspelt field, deep inside
  { api: { resources: { limits: { memoryy: '1Gi' } } } },
  // @ts-expect-error misspelt field of a cron job
  { nightly: { shedule: '1 2 * * *' } },
  // @ts-expect-error wrong type
  { api: { scale: { max: '3' } } },
  // @ts-expect-error wrong type, deep inside
  { api: { resources: { limits: { memory: 512 } } } },
  // @ts-expect-error a string where a check is wanted
  { api: { liveness: { check: '/health' } } },
  // @ts-expect-error a field of another kind: cron jobs do not scale
  { nightly: { scale: { max: 3 } } },
  // @ts-expect-error a field of another kind: nobody calls a worker
  { queue: { expose: { host: 'queue' } } },
  // @ts-expect-error a field of another kind: services have no schedule
  { api: { schedule: '1 2 * * *' } },
  // @ts-expect-error no such port: liveness
  { api: { liveness: { port: 'htpp' } } },
  // @ts-expect-error no such port: metrics, stated
  { api: { metrics: { port: 'grpc' } } },
  // @ts-expect-error no such port: expose, not stated
  { api: { expose: { host: 'api', port: 'htpp' } } },
  // @ts-expect-error no such port: a new one belongs into the base, where calls see it
  { api: { ports: { grpc: 9000 } } },
  // @ts-expect-error a required field cannot be removed
  { api: { scale: remove } },
  // @ts-expect-error nor one inside an object
  { api: { scale: { min: remove } } },
  // @ts-expect-error nor a port
  { api: { ports: { http: remove } } },
  // @ts-expect-error `absent` is a word of the base
  { api: { liveness: absent } },
  // @ts-expect-error nor for required fields
  { api: { image: absent } },
  // @ts-expect-error an overlay is of one environment already
  { api: { scale: perEnvironment({ dev: { min: 1, max: 1 }, staging: { min: 1, max: 1 }, production: { min: 1, max: 1 } }) } },
  // @ts-expect-error part of an object that the base does not state
  { api: { termination: { graceSeconds: 20 } } },
  // @ts-expect-error part of an object that the base does not state, in a worker
  { queue: { liveness: { periodSeconds: 10 } } },
  // @ts-expect-error what the base does not state cannot be removed
  { api: { termination: remove } },
  // @ts-expect-error a function of another type
  { api: { scale: { max: (base) => `${base}` } } },
  // @ts-expect-error a function that takes the base for another type
  { api: { scale: { max: (base: string) => base.length } } },
  // @ts-expect-error a function that forgets that the base may not state it
  { api: { redis: (base) => base.toUpperCase() } },
  // @ts-expect-error a function that leaves out a part
  { api: { resources: () => ({ requests: { cpu: '1', memory: '1Gi' } }) } },
  // @ts-expect-error a list of other things
  { api: { args: [1] } },
  // @ts-expect-error one string where a list belongs
  { api: { args: 'serve' } },
  // @ts-expect-error calls: no such port
  { api: { calls: [mailer.on('htpp')] } },
  // @ts-expect-error calls: a name is no call
  { api: { calls: ['mailer'] } },
  // @ts-expect-error a patch says which kind
  { api: { patch: [{ operations: [] }] } },
  // @ts-expect-error no such operation
  { api: { patch: [{ kind: 'Service', operations: [{ op: 'change', path: '/spec', value: 1 }] }] } },
  // @ts-expect-error no such way to leave a workload out
  { api: false },
  // @ts-expect-error nor this one
  { api: absent },
];

// The overlays of a cluster are held against its platform.
declare const rest: Omit<Parameters<typeof cluster<typeof shop>>[0], 'platform' | 'overlays'>;
cluster({ ...rest, platform: shop, overlays: [{ api: { scale: { max: 3 } } }] });
// @ts-expect-error misspelt workload
cluster({ ...rest, platform: shop, overlays: [{ apii: {} }] });
// @ts-expect-error misspelt field
cluster({ ...rest, platform: shop, overlays: [{ api: { scal: { max: 3 } } }] });
declare const others: Overlay<typeof other>;
const other = platform('other', { billing: api });
// @ts-expect-error overlay of another platform
cluster({ ...rest, platform: shop, overlays: [others] });
// @ts-expect-error environment misspelt
cluster({ ...rest, platform: shop, overlays: [], environment: 'prod' });
