/** Fixtures that say everything: typed `Required<…>`, so that a prop which no test renders does not compile. */

import type { Slo } from '../../charts/alerts/slo';
import type { TrafficRoute } from '../../charts/network/party';
import type { Business } from '../../charts/workload/business';
import { fromContract, fromPod } from '../../charts/workload/env';
import { exec, grpc, http, type Probe } from '../../charts/workload/probe';
import type {
  CircuitBreaker,
  CronJobProps,
  DatabaseUse,
  Exemptions,
  Expose,
  ExtraContainer,
  Metrics,
  MigrationProps,
  PodProps,
  PortTraffic,
  Resources,
  RunningProps,
  ServiceProps,
  Telemetry,
  Termination,
  WorkerProps,
} from '../../charts/workload/props';
import type { Scale, ScaleBehavior } from '../../charts/workload/scaling';
import type { SecretProps } from '../../charts/workload/secret';
import { type ConfigFiles, emptyDir, existingClaim, existingSecret, type Volume, type VolumeClaim } from '../../charts/workload/storage';

const resources: Required<Resources> = { requests: { cpu: '150m', memory: '96Mi' }, limits: { cpu: '300m', memory: '192Mi' } };

const probe = <P extends string>(check: Probe<P>['check'], port: P): Required<Probe<P>> => ({
  check,
  port,
  initialDelaySeconds: 3,
  periodSeconds: 7,
  timeoutSeconds: 2,
  failureThreshold: 4,
});

const behavior: Required<ScaleBehavior> = { stabilizationSeconds: 120, percent: 50, period: 30 };
const scale: Required<Scale> = {
  min: 2,
  max: 8,
  cpu: 65,
  memory: 75,
  metrics: [
    { pods: 'http_requests_per_second', average: '100' },
    { external: 'queue_depth', average: '30', labels: { queue: 'orders' } },
  ],
  scaleDown: behavior,
  scaleUp: { ...behavior, percent: 200 },
};
const extra: Required<ExtraContainer> = {
  image: 'shop/other',
  command: ['/bin/helper'],
  args: ['--once'],
  env: { A: 'b' },
  resources,
  mounts: ['tmp', 'rules', 'jwt'],
  ports: { stats: 9102 },
  liveness: { check: http('/healthz') },
};
const migration: Required<MigrationProps> = {
  image: 'shop/other',
  command: ['/bin/migrate'],
  args: ['up'],
  resources,
  deadlineSeconds: 300,
  retries: 3,
};
const route: Required<TrafficRoute> = { path: '/reports', method: 'GET', timeout: '20s', retries: 1, tryTimeout: '6s' };
const traffic: Required<PortTraffic> = {
  protocol: 'HTTP/2',
  rateLimit: { total: 500, perCaller: 200 },
  routes: { reports: route },
};
const slo: Required<Slo> = { availability: 99.9, latency: { within: 500, percent: 95 } };
const circuitBreaker: Required<CircuitBreaker> = { failures: 7, minPenalty: '2s', maxPenalty: '30s', jitter: 0.3 };
const expose: Required<Expose<'http' | 'grpc'>> = {
  host: 'www',
  port: 'grpc',
  path: '/api',
  maxBodySize: '8m',
  readTimeoutSeconds: 120,
  rateLimit: { requestsPerSecond: 20, burstFactor: 3, connections: 40 },
};
const secret: Required<SecretProps> = {
  from: { secret: 'stripe' },
  env: { STRIPE_KEY: 'apiKey' },
  files: { 'webhook.txt': 'webhook' },
  mountPath: '/run/stripe',
  onChange: 'restart',
};
const jwt: SecretProps = { from: { secret: 'jwt' }, files: { 'key.pem': 'public' }, onChange: 'reread' };
const config: Required<ConfigFiles> = { mountPath: '/etc/rules', files: { 'a.txt': 'one\n', 'b.txt': 'two\n' } };
const readOnlyVolume: Required<Volume> = { source: existingClaim('archive'), mountPath: '/var/archive', readOnly: true };
const claim: Required<VolumeClaim> = { mountPath: '/var/data', size: '20Gi', storageClass: 'gp3', accessModes: ['ReadWriteOncePod'] };
const database: Required<DatabaseUse> = { name: 'orders', poolSize: 10 };
const business: Required<Business> = {
  title: 'Orders',
  metrics: [{ name: 'shop_orders_total', type: 'counter', title: 'Orders', description: 'Orders that were placed.', by: 'country' }],
};
const metrics: Required<Metrics<'http' | 'grpc'>> = { port: 'http', path: '/metrics', business };
const telemetry: Required<Telemetry> = { protocol: 'http/protobuf', attributes: { team: 'orders' } };
const exemptions: Required<Exemptions> = {
  writableRootFilesystem: 'Writes its cache beside its binary.',
  checks: { 'empty-dir-limit': 'A reason.' },
};
const termination: Required<Termination> = { preStopSeconds: 12, preStopCommand: ['/bin/drain'], graceSeconds: 45 };

const pod: Required<Omit<PodProps<'http' | 'grpc'>, 'metrics'>> = {
  image: 'shop/subject',
  command: ['/bin/subject'],
  args: ['serve'],
  nodeGroup: 'picky',
  resources,
  env: { LEVEL: 'info', POD: fromPod('metadata.name'), REGION: fromContract((aws) => aws.data.region) },
  config: { rules: config },
  secrets: { stripe: secret, jwt },
  volumes: {
    tmp: { source: emptyDir('1Gi', 'Memory'), mountPath: '/tmp' },
    archive: readOnlyVolume,
    tls: { source: existingSecret('edge-tls'), mountPath: '/etc/tls', readOnly: true },
  },
  database,
  redis: 'main',
  buckets: { 'user-media': 'read-write' },
  init: { prepare: extra },
  sidecars: { helper: extra },
  priorityClass: 'interactive',
  kubernetesApi: true,
  exemptions,
  selector: { app: 'subject' },
  podLabels: { team: 'orders' },
  podAnnotations: { 'example.com/note': 'x' },
};

const running: Required<RunningProps<'http' | 'grpc'>> = {
  ...pod,
  metrics,
  scale,
  liveness: probe(http('/health'), 'http'),
  readiness: probe(grpc('ready'), 'grpc'),
  startup: probe(exec('test', '-f', '/ready'), 'http'),
  termination,
  maxUnavailable: '40%',
  claims: { data: claim },
  telemetry,
  migration,
};

export const fullService: Required<ServiceProps<'http' | 'grpc'>> = {
  ...running,
  ports: { http: 8080, grpc: 9000 },
  serviceAnnotations: { 'example.com/service': 'y' },
  outsideMesh: ['grpc'],
  traffic: { http: traffic },
  circuitBreaker,
  slo,
  expose,
};

export const fullWorker: Required<WorkerProps<'http' | 'grpc'>> = { ...running, ports: { http: 8080, grpc: 9000 } };

/** A cron job has no ports, so it is not scraped: its one prop that no value fits. */
export const fullCronJob: Required<Omit<CronJobProps, 'metrics'>> = {
  ...pod,
  schedule: '30 4 * * 0',
  deadlineSeconds: 900,
  retries: 5,
  suspend: true,
};
