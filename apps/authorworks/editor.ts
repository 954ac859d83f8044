import { perEnvironment } from '../../charts/overlay/value';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { service } from '../../charts/workload/definition';
import { http } from '../../charts/workload/probe';
import { content } from './content';
import { userService } from './user-service';

/** Writing together, over WebSockets: its connections are long and its pods end slowly. */
export const editor = service('authorworks-editor', {
  image: 'authorworks/editor',
  selector: { app: 'authorworks-editor' },
  nodeGroup: 'application',
  priorityClass: PRIORITY_CLASSES.interactive,
  ports: { http: 8080, metrics: 9090 },
  resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' } },
  liveness: { check: http('/health'), initialDelaySeconds: 30, periodSeconds: 10 },
  readiness: { check: http('/readiness'), initialDelaySeconds: 5, periodSeconds: 5 },
  // Memory follows the number of open documents, so it scales too.
  scale: perEnvironment({
    dev: { min: 2, max: 3, memory: 80 },
    staging: { min: 2, max: 6, memory: 80 },
    production: { min: 3, max: 12, memory: 80 },
  }),
  termination: { preStopSeconds: 15, graceSeconds: 120 },
  expose: { host: 'editor', readTimeoutSeconds: 3600 },
  database: perEnvironment({
    dev: { name: 'editor', poolSize: 10 },
    staging: { name: 'editor', poolSize: 20 },
    production: { name: 'editor', poolSize: 60 },
  }),
  migration: { args: ['migrate'], resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } } },
  redis: 'main',
  secrets: { jwt: { from: { secret: 'jwt' }, files: { 'public-key.pem': 'publicKey' }, onChange: 'reread' } },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    CONTENT_URL: 'http://authorworks-content:8080',
    JWT_PUBLIC_KEY_FILE: '/etc/secrets/jwt/public-key.pem',
    USER_SERVICE_URL: 'http://authorworks-user-service:8080',
  },
  circuitBreaker: { failures: 7 },
  telemetry: { protocol: 'grpc' },
  slo: { availability: 99.9 },
  metrics: { port: 'metrics', path: '/metrics' },
}).calls(() => [content.on('http', { timeout: '5s', retries: 2 }), userService.on('http', { timeout: '2s', retries: 1 })]);
