import { database } from '../../charts/aws/refs';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { managedDatabase } from '../../charts/workload/calls';
import { cronJob } from '../../charts/workload/definition';
import { fromContract } from '../../charts/workload/env';
import { subscription } from './subscription';
import { userService } from './user-service';

/**
 * The nightly batch: counts words and readers per book, and reports use to subscriptions. Its pods have no proxy of the mesh below
 * Kubernetes 1.29: it calls ports outside the mesh, and its database past PgBouncer.
 */
export const nightly = cronJob('authorworks-nightly', {
  image: 'authorworks/nightly',
  nodeGroup: 'spot',
  priorityClass: PRIORITY_CLASSES.batch,
  schedule: '15 2 * * *',
  deadlineSeconds: 3600,
  resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2000m', memory: '1Gi' } },
  secrets: {
    content: { from: { database: 'content' }, files: { username: 'username', password: 'password' }, onChange: 'reread' },
    ca: { from: { parameter: 'rds-ca-bundle' }, files: { 'ca.crt': '' }, onChange: 'reread' },
  },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    DATABASE_HOST: fromContract((aws) => database(aws, 'content').endpoint),
    DATABASE_NAME: fromContract((aws) => database(aws, 'content').databaseName),
    DATABASE_PASSWORD_FILE: '/etc/secrets/content/password',
    DATABASE_PORT: fromContract((aws) => String(database(aws, 'content').port)),
    DATABASE_SSL_MODE: fromContract((aws) => database(aws, 'content').tls.mode),
    DATABASE_SSL_ROOT_CERT: '/etc/secrets/ca/ca.crt',
    DATABASE_USER_FILE: '/etc/secrets/content/username',
    SUBSCRIPTION_URL: 'http://authorworks-subscription:8081',
    USER_SERVICE_URL: 'http://authorworks-user-service:8081',
  },
}).calls(() => [userService.on('batch'), subscription.on('batch'), managedDatabase('content')]);
