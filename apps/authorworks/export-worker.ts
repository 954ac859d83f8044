import { perEnvironment } from '../../charts/overlay/value';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { worker } from '../../charts/workload/definition';
import { http } from '../../charts/workload/probe';
import { emptyDir } from '../../charts/workload/storage';
import { content } from './content';

/** Makes EPUB and PDF files of books; takes its jobs from a queue in Redis, and may be interrupted at any time. */
export const exportWorker = worker('authorworks-export-worker', {
  image: 'authorworks/export-worker',
  nodeGroup: 'spot',
  priorityClass: PRIORITY_CLASSES.batch,
  ports: { http: 8080, metrics: 9090 },
  resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' } },
  liveness: { check: http('/health'), initialDelaySeconds: 30, periodSeconds: 10 },
  readiness: { check: http('/readiness'), initialDelaySeconds: 5, periodSeconds: 5 },
  scale: perEnvironment({ dev: { min: 1, max: 2 }, staging: { min: 1, max: 3 }, production: { min: 2, max: 8 } }),
  // A running job is finished, or given back to the queue, within two minutes: that is also the notice that a spot node gives.
  termination: { preStopSeconds: 0, graceSeconds: 110 },
  redis: 'main',
  buckets: { content: 'read', exports: 'read-write' },
  volumes: { scratch: { source: emptyDir('5Gi'), mountPath: '/var/scratch' } },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    CONTENT_URL: 'http://authorworks-content:8080',
    QUEUE: 'export',
    SCRATCH_DIR: '/var/scratch',
  },
  telemetry: { protocol: 'grpc' },
  metrics: { port: 'metrics', path: '/metrics' },
}).calls(() => [content.on('http', { timeout: '5s', retries: 2 })]);
