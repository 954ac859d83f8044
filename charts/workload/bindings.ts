import { bucket, redis, role } from '../aws/refs';
import type { Cluster } from '../cluster';
import { PGBOUNCER_PORT, pgbouncerName } from '../pgbouncer/names';
import type { ResolvedWorkload } from './resolve';
import { DATABASE_SECRET_PATH } from './secrets';

/** Environment variables that a workload gets for the managed services that it names. */
export function boundEnvironment(workload: ResolvedWorkload, cluster: Cluster): Readonly<Record<string, string>> {
  const { props, name } = workload;
  const env: Record<string, string> = {};
  if (props.database !== undefined) {
    env.DATABASE_HOST = pgbouncerName(cluster.platform);
    env.DATABASE_PORT = String(PGBOUNCER_PORT);
    // PgBouncer has one entry per workload, with a pool of its own.
    env.DATABASE_NAME = name;
    env.DATABASE_USER_FILE = `${DATABASE_SECRET_PATH}/username`;
    env.DATABASE_PASSWORD_FILE = `${DATABASE_SECRET_PATH}/password`;
  }
  if (props.redis !== undefined) {
    const { host, port, tls, authSecret } = redis(cluster.aws, props.redis);
    env.REDIS_HOST = host;
    env.REDIS_PORT = String(port);
    env.REDIS_TLS = String(tls);
    if (authSecret !== undefined) env.REDIS_PASSWORD_FILE = '/etc/secrets/redis/password';
  }
  for (const name of Object.keys(props.buckets ?? {})) {
    env[`${name.toUpperCase().replaceAll('-', '_')}_BUCKET`] = bucket(cluster.aws, name).name;
  }
  if (roleArn(workload, cluster) !== undefined) env.AWS_REGION = cluster.aws.data.region;
  return env;
}

/**
 * ARN of the IAM role that a workload's service account assumes (IRSA).
 * @throws when the workload uses buckets and the contract has no role for it
 */
export function roleArn(workload: ResolvedWorkload, cluster: Cluster): string | undefined {
  if (workload.props.buckets !== undefined) return role(cluster.aws, cluster.namespace, workload.name);
  return cluster.aws.data.roles[`${cluster.namespace}/${workload.name}`];
}
