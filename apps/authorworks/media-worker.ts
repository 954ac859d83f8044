import { perEnvironment } from '../../charts/overlay/value';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { worker } from '../../charts/workload/definition';
import { http } from '../../charts/workload/probe';
import { emptyDir } from '../../charts/workload/storage';
import { content } from './content';

/** Resizes images and transcodes audio; takes its jobs from a queue in Redis, and may be interrupted at any time. */
export const mediaWorker = worker('authorworks-media-worker', {
  image: 'authorworks/media-worker',
  nodeGroup: 'spot',
  priorityClass: PRIORITY_CLASSES.batch,
  ports: { http: 8080, metrics: 9090 },
  resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2000m', memory: '2Gi' } },
  liveness: { check: http('/health'), initialDelaySeconds: 30, periodSeconds: 10 },
  readiness: { check: http('/readiness'), initialDelaySeconds: 5, periodSeconds: 5 },
  scale: perEnvironment({ dev: { min: 1, max: 2 }, staging: { min: 1, max: 4 }, production: { min: 2, max: 10 } }),
  // A running job is finished, or given back to the queue, within two minutes: that is also the notice that a spot node gives.
  termination: { preStopSeconds: 0, graceSeconds: 110 },
  redis: 'main',
  buckets: { media: 'read-write' },
  volumes: { scratch: { source: emptyDir('10Gi'), mountPath: '/var/scratch' } },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    CONTENT_URL: 'http://authorworks-content:8080',
    QUEUE: 'media',
    SCRATCH_DIR: '/var/scratch',
  },
  telemetry: { protocol: 'grpc' },
  metrics: { port: 'metrics', path: '/metrics' },
}).calls(() => [content.on('http', { timeout: '5s', retries: 2 })]);
