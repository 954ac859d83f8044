import { perEnvironment } from '../../charts/overlay/value';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { endpoint } from '../../charts/workload/calls';
import { service } from '../../charts/workload/definition';
import { http } from '../../charts/workload/probe';

/** Accounts, sign-in and profiles; issues the tokens that the others check. */
export const userService = service('authorworks-user-service', {
  image: 'authorworks/user-service',
  selector: { app: 'authorworks-user-service' },
  nodeGroup: 'application',
  priorityClass: PRIORITY_CLASSES.interactive,
  ports: { http: 8080, metrics: 9090, batch: 8081 },
  // For the nightly batch, whose pods have no proxy below Kubernetes 1.29.
  outsideMesh: ['batch'],
  resources: { requests: { cpu: '150m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  liveness: { check: http('/health'), initialDelaySeconds: 30, periodSeconds: 10 },
  readiness: { check: http('/readiness'), initialDelaySeconds: 5, periodSeconds: 5 },
  scale: perEnvironment({ dev: { min: 2, max: 3 }, staging: { min: 2, max: 6 }, production: { min: 3, max: 12 } }),
  database: perEnvironment({
    dev: { name: 'users', poolSize: 10 },
    staging: { name: 'users', poolSize: 20 },
    production: { name: 'users', poolSize: 60 },
  }),
  migration: { args: ['migrate'], resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } } },
  redis: 'main',
  secrets: {
    jwt: { from: { secret: 'jwt' }, files: { 'private-key.pem': 'privateKey', 'public-key.pem': 'publicKey' }, onChange: 'reread' },
    smtp: { from: { secret: 'smtp' }, files: { username: 'username', password: 'password' }, onChange: 'reread' },
  },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    JWT_KEY_DIR: '/etc/secrets/jwt',
    SMTP_CREDENTIALS_DIR: '/etc/secrets/smtp',
  },
  circuitBreaker: { failures: 7 },
  telemetry: { protocol: 'grpc' },
  slo: { availability: 99.9, latency: { within: 500, percent: 99 } },
  metrics: {
    port: 'metrics',
    path: '/metrics',
    business: {
      title: 'Users',
      metrics: [
        { name: 'authorworks_users', type: 'gauge', title: 'Users', description: 'Accounts that are not closed.' },
        {
          name: 'authorworks_users_active',
          type: 'gauge',
          title: 'Active users',
          description: 'Accounts that signed in or wrote within the last 24 hours.',
        },
        { name: 'authorworks_users_registered_total', type: 'counter', title: 'Registrations', description: 'Accounts that were made.' },
        { name: 'authorworks_sign_ins_total', type: 'counter', title: 'Sign-ins', description: 'Sign-ins by outcome.', by: 'outcome' },
      ],
    },
  },
}).calls(() => [endpoint('smtp')]);
