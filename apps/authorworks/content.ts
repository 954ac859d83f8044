import { perEnvironment } from '../../charts/overlay/value';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { service } from '../../charts/workload/definition';
import { http } from '../../charts/workload/probe';
import { emptyDir } from '../../charts/workload/storage';
import { userService } from './user-service';

/** Books and chapters: their text in S3, their structure in PostgreSQL. */
export const content = service('authorworks-content', {
  image: 'authorworks/content',
  selector: { app: 'authorworks-content' },
  nodeGroup: 'application',
  priorityClass: PRIORITY_CLASSES.interactive,
  ports: { http: 8080, metrics: 9090 },
  resources: { requests: { cpu: '200m', memory: '384Mi' }, limits: { cpu: '1000m', memory: '768Mi' } },
  liveness: { check: http('/health'), initialDelaySeconds: 30, periodSeconds: 10 },
  readiness: { check: http('/readiness'), initialDelaySeconds: 5, periodSeconds: 5 },
  scale: perEnvironment({ dev: { min: 2, max: 3 }, staging: { min: 2, max: 6 }, production: { min: 3, max: 15 } }),
  database: perEnvironment({
    dev: { name: 'content', poolSize: 10 },
    staging: { name: 'content', poolSize: 30 },
    production: { name: 'content', poolSize: 90 },
  }),
  migration: { args: ['migrate'], resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } } },
  buckets: { content: 'read-write', media: 'read' },
  // Uploads are checked here before they go to S3.
  volumes: { uploads: { source: emptyDir('2Gi'), mountPath: '/var/uploads' } },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    UPLOAD_DIR: '/var/uploads',
    USER_SERVICE_URL: 'http://authorworks-user-service:8080',
  },
  circuitBreaker: { failures: 7 },
  telemetry: { protocol: 'grpc' },
  slo: { availability: 99.9, latency: { within: 1000, percent: 99 } },
  metrics: {
    port: 'metrics',
    path: '/metrics',
    business: {
      title: 'Content',
      metrics: [
        { name: 'authorworks_books', type: 'gauge', title: 'Books', description: 'Books that are not deleted, by state.', by: 'state' },
        { name: 'authorworks_books_published_total', type: 'counter', title: 'Published', description: 'Books that were published.' },
        {
          name: 'authorworks_chapters_saved_total',
          type: 'counter',
          title: 'Chapters saved',
          description: 'New versions of chapters that were stored.',
        },
      ],
    },
  },
}).calls(() => [userService.on('http', { timeout: '2s', retries: 1 })]);
