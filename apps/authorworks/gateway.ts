import { perEnvironment } from '../../charts/overlay/value';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { service } from '../../charts/workload/definition';
import { http } from '../../charts/workload/probe';
import { content } from './content';
import { editor } from './editor';
import { subscription } from './subscription';
import { userService } from './user-service';

/** The API gateway: the one public entrance of the API. */
export const gateway = service('authorworks-gateway', {
  image: 'authorworks/gateway',
  selector: { app: 'authorworks-gateway' },
  nodeGroup: 'application',
  priorityClass: PRIORITY_CLASSES.interactive,
  ports: { http: 8080, metrics: 9090 },
  resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  liveness: { check: http('/health'), initialDelaySeconds: 30, periodSeconds: 10 },
  readiness: { check: http('/readiness'), initialDelaySeconds: 5, periodSeconds: 5 },
  scale: perEnvironment({ dev: { min: 2, max: 4 }, staging: { min: 2, max: 6 }, production: { min: 5, max: 20 } }),
  expose: { host: 'api', maxBodySize: '10m' },
  redis: 'main',
  secrets: { jwt: { from: { secret: 'jwt' }, files: { 'public-key.pem': 'publicKey' }, onChange: 'reread' } },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    CONTENT_URL: 'http://authorworks-content:8080',
    EDITOR_URL: 'http://authorworks-editor:8080',
    JWT_PUBLIC_KEY_FILE: '/etc/secrets/jwt/public-key.pem',
    SUBSCRIPTION_URL: 'http://authorworks-subscription:8080',
    USER_SERVICE_URL: 'http://authorworks-user-service:8080',
  },
  telemetry: { protocol: 'grpc' },
  slo: { availability: 99.9, latency: { within: 1000, percent: 99 } },
  metrics: { port: 'metrics', path: '/metrics' },
}).calls(() => [
  userService.on('http', { timeout: '2s', retries: 1 }),
  content.on('http', { timeout: '5s', retries: 2 }),
  // No timeout: a route holds for all who call the port, and browsers' WebSockets come over it too.
  editor.on('http'),
  subscription.on('http', { timeout: '5s' }),
]);
