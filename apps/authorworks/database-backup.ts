import { database } from '../../charts/aws/refs';
import { PRIORITY_CLASSES } from '../../charts/priority-classes/chart';
import { managedDatabase } from '../../charts/workload/calls';
import { cronJob } from '../../charts/workload/definition';
import { fromContract } from '../../charts/workload/env';
import { emptyDir } from '../../charts/workload/storage';

/**
 * A logical dump of every database into the bucket `backups`, beside the snapshots that RDS takes: it survives the loss of the account's
 * snapshots, and one table can be restored from it. It connects past PgBouncer, since a dump needs a session of its own.
 */
export const databaseBackup = cronJob('authorworks-database-backup', {
  image: 'authorworks/database-backup',
  nodeGroup: 'spot',
  priorityClass: PRIORITY_CLASSES.batch,
  schedule: '45 3 * * *',
  deadlineSeconds: 7200,
  resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2000m', memory: '1Gi' } },
  buckets: { backups: 'read-write' },
  secrets: {
    users: { from: { database: 'users' }, files: { username: 'username', password: 'password' }, onChange: 'reread' },
    content: { from: { database: 'content' }, files: { username: 'username', password: 'password' }, onChange: 'reread' },
    editor: { from: { database: 'editor' }, files: { username: 'username', password: 'password' }, onChange: 'reread' },
    subscription: { from: { database: 'subscription' }, files: { username: 'username', password: 'password' }, onChange: 'reread' },
    ca: { from: { parameter: 'rds-ca-bundle' }, files: { 'ca.crt': '' }, onChange: 'reread' },
  },
  volumes: { scratch: { source: emptyDir('20Gi'), mountPath: '/var/scratch' } },
  env: {
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    CONTENT_HOST: fromContract((aws) => database(aws, 'content').endpoint),
    CREDENTIALS_DIR: '/etc/secrets',
    EDITOR_HOST: fromContract((aws) => database(aws, 'editor').endpoint),
    SCRATCH_DIR: '/var/scratch',
    SSL_ROOT_CERT: '/etc/secrets/ca/ca.crt',
    SUBSCRIPTION_HOST: fromContract((aws) => database(aws, 'subscription').endpoint),
    USERS_HOST: fromContract((aws) => database(aws, 'users').endpoint),
  },
}).calls(() => [managedDatabase('users'), managedDatabase('content'), managedDatabase('editor'), managedDatabase('subscription')]);
