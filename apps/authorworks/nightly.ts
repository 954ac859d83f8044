import { perEnvironment } from '../../charts/overlay/value';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { cronJob } from '../../charts/workload/definition';
import { subscription } from './subscription';
import { userService } from './user-service';

/** The nightly batch: counts words and readers per book, and reports use to subscriptions. */
export const nightly = cronJob('authorworks-nightly', {
  image: 'authorworks/nightly',
  nodeGroup: 'spot',
  priorityClass: PRIORITY_CLASSES.batch,
  schedule: '15 2 * * *',
  deadlineSeconds: 3600,
  resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2000m', memory: '1Gi' } },
  database: perEnvironment({
    dev: { name: 'content', poolSize: 2 },
    staging: { name: 'content', poolSize: 4 },
    production: { name: 'content', poolSize: 8 },
  }),
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    SUBSCRIPTION_URL: 'http://authorworks-subscription:8080',
    USER_SERVICE_URL: 'http://authorworks-user-service:8080',
  },
}).calls(() => [userService.on('http', { retries: 2 }), subscription.on('http', { retries: 2 })]);
