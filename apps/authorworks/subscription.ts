import { perEnvironment } from '../../charts/overlay/value';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { endpoint } from '../../charts/workload/calls';
import { service } from '../../charts/workload/definition';
import { http } from '../../charts/workload/probe';
import { userService } from './user-service';

/** Plans, invoices and payments. Stripe's webhooks reach it through the gateway. */
export const subscription = service('authorworks-subscription', {
  image: 'authorworks/subscription',
  nodeGroup: 'application',
  priorityClass: PRIORITY_CLASSES.interactive,
  ports: { http: 8080, metrics: 9090, batch: 8081 },
  // For the nightly batch, whose pods have no proxy below Kubernetes 1.29.
  outsideMesh: ['batch'],
  resources: { requests: { cpu: '100m', memory: '192Mi' }, limits: { cpu: '500m', memory: '384Mi' } },
  liveness: { check: http('/health'), initialDelaySeconds: 30, periodSeconds: 10 },
  readiness: { check: http('/readiness'), initialDelaySeconds: 5, periodSeconds: 5 },
  scale: perEnvironment({ dev: { min: 1, max: 2 }, staging: { min: 2, max: 4 }, production: { min: 2, max: 8 } }),
  database: perEnvironment({
    dev: { name: 'subscription', poolSize: 6 },
    staging: { name: 'subscription', poolSize: 10 },
    production: { name: 'subscription', poolSize: 30 },
  }),
  migration: { args: ['migrate'], resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } } },
  secrets: {
    // Stripe's library reads its key once, at start: a new version is a rollout.
    stripe: { from: { secret: 'stripe' }, env: { STRIPE_API_KEY: 'apiKey', STRIPE_WEBHOOK_SECRET: 'webhookSecret' }, onChange: 'restart' },
  },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    USER_SERVICE_URL: 'http://authorworks-user-service:8080',
  },
  circuitBreaker: { failures: 7 },
  telemetry: { protocol: 'grpc' },
  slo: { availability: 99.9 },
  metrics: {
    port: 'metrics',
    path: '/metrics',
    business: {
      title: 'Subscriptions',
      metrics: [
        {
          name: 'authorworks_subscriptions',
          type: 'gauge',
          title: 'Subscriptions',
          description: 'Subscriptions that run, by plan.',
          by: 'plan',
        },
        { name: 'authorworks_subscriptions_started_total', type: 'counter', title: 'Started', description: 'Subscriptions that began.' },
        { name: 'authorworks_subscriptions_ended_total', type: 'counter', title: 'Ended', description: 'Subscriptions that ended.' },
        {
          name: 'authorworks_payments_total',
          type: 'counter',
          title: 'Payments',
          description: 'Payments that Stripe told of, by outcome.',
          by: 'outcome',
        },
      ],
    },
  },
}).calls(() => [userService.on('http', { timeout: '2s', retries: 1 }), endpoint('stripe')]);
