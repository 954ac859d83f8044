import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { ExternalSecret } from '../../imports/external-secrets.io';
import { database, parameterPath, redis, secretPath } from '../aws/refs';
import { secretVersion } from '../aws/releases';
import type { Cluster } from '../cluster';
import { SECRET_STORES } from '../secret-stores/names';
import type { WorkloadContext } from './context';
import { digest } from './hash';
import type { Labels } from './labels';
import type { SecretProps } from './secret';

/** A Secret that a workload uses, with where its values come from. */
export interface FetchedSecret {
  /** Short name: the volume is `secret-<short>`, the object `<workload>-<short>`. */
  readonly short: string;
  readonly objectName: string;
  readonly store: string;
  /** Path in Secrets Manager or Parameter Store. */
  readonly remote: string;
  /** Key of the Secret to property of the remote value; the empty property is the whole value. */
  readonly keys: Readonly<Record<string, string>>;
  /** Environment variables that are set from keys of the same name. */
  readonly env: readonly string[];
  /** Where the keys are mounted as files. @default - not mounted */
  readonly mountPath?: string;
  /** Pinned version, hashed into the pod template. @default - the newest */
  readonly version?: string;
  /** How often the operator looks for a new value. @default '1h0m0s' */
  readonly refresh?: string;
}

/** Where the credentials of the database are mounted. */
export const DATABASE_SECRET_PATH = '/etc/secrets/database';
/** Where the CA bundle of the databases is mounted in pods that connect directly. */
export const DATABASE_CA_PATH = '/etc/secrets/database-ca';
/** How often credentials of databases are looked at: PgBouncer and its clients should not differ for long. */
export const DATABASE_REFRESH = '5m0s';
const REDIS_SECRET_PATH = '/etc/secrets/redis';

/** All secrets of a workload: the ones it states, and those of its database and Redis. */
export function secretsOf({ workload, cluster }: WorkloadContext): readonly FetchedSecret[] {
  const { name, props, key } = workload;
  const secrets: FetchedSecret[] = Object.entries(props.secrets ?? {}).map(([short, secret]) => {
    const where = `${key}.secrets.${short}`;
    const { env = {}, files = {} } = secret;
    if (!['reread', 'restart'].includes(secret.onChange)) {
      throw new Error(`${where}.onChange: '${secret.onChange}'; expected 'reread' or 'restart'.`);
    }
    if (Object.keys(env).length > 0 && secret.onChange !== 'restart') {
      throw new Error(`${where}: environment variables do not change in a running program. Say \`onChange: 'restart'\`, or use \`files\`.`);
    }
    if (Object.keys(env).length + Object.keys(files).length === 0) {
      throw new Error(`${where}: neither \`env\` nor \`files\` says where the program finds the secret. State one.`);
    }
    const both = Object.keys(env).find((key) => key in files);
    if (both !== undefined) {
      throw new Error(
        `${where}: "${both}" is both an environment variable and a file; a Secret has one value of this name. Rename the file.`,
      );
    }
    if (Object.keys(secret.from).length !== 1) {
      throw new Error(
        `${where}.from: names ${Object.keys(secret.from).join(' and ')}, but a secret comes from one place. An overlay that changes the place gives a function: \`from: () => ({ … })\`.`,
      );
    }
    return {
      short,
      objectName: `${name}-${short}`,
      ...origin(cluster, secret.from),
      keys: { ...env, ...files },
      env: Object.keys(env),
      ...(Object.keys(files).length > 0 ? { mountPath: secret.mountPath ?? `/etc/secrets/${short}` } : {}),
      ...(secret.onChange === 'restart' ? { version: pinnedVersion(cluster, `${name}-${short}`, where) } : {}),
    };
  });
  const kept = ['database', 'database-ca', 'redis', ...('expose' in props && props.expose !== undefined ? ['tls'] : [])];
  for (const taken of kept) {
    if (props.secrets?.[taken] !== undefined) {
      throw new Error(
        `${key}.secrets.${taken}: this name is kept for the credentials of \`database\`, \`migration\` and \`redis\`, and the certificate of \`expose\`. Name the secret otherwise.`,
      );
    }
  }
  if (props.database !== undefined) {
    secrets.push({
      short: 'database',
      objectName: `${name}-database`,
      store: SECRET_STORES.secretsManager,
      remote: database(cluster.aws, props.database.name).passwordSecret,
      keys: { password: 'password', username: 'username' },
      env: [],
      mountPath: DATABASE_SECRET_PATH,
      refresh: DATABASE_REFRESH,
    });
  }
  const auth = props.redis === undefined ? undefined : redis(cluster.aws, props.redis).authSecret;
  if (auth !== undefined) {
    secrets.push({
      short: 'redis',
      objectName: `${name}-redis`,
      store: SECRET_STORES.secretsManager,
      remote: auth,
      keys: { password: 'password' },
      env: [],
      mountPath: REDIS_SECRET_PATH,
    });
  }
  return secrets;
}

/**
 * Key under which a pinned value is stored. It changes with the version, so that a new pod waits until the Secret holds that version
 * instead of starting with the old one. An old pod's container that restarts in that moment waits as well, until its successor is ready.
 */
export const storedKey = (key: string, version: string | undefined): string =>
  version === undefined ? key : `${key}-${digest(version).slice(0, 8)}`;

/** The defaults of External Secrets, stated: the list is replaced as a whole, so an API server before 1.34 writes the object again at every sync without them. */
export const REMOTE_DEFAULTS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } as const;

/** Renders an ExternalSecret that keeps a Secret of the same name equal to what AWS stores. */
export function externalSecret(
  scope: Construct,
  id: string,
  namespace: string,
  labels: Labels,
  secret: Pick<FetchedSecret, 'objectName' | 'store' | 'remote' | 'keys' | 'version' | 'refresh'>,
): void {
  customResource(scope, id, ExternalSecret, {
    metadata: { name: secret.objectName, namespace, labels: { ...labels } },
    spec: {
      refreshInterval: secret.refresh ?? '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: secret.store },
      target: { name: secret.objectName, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: Object.entries(secret.keys)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([secretKey, property]) => ({
          secretKey: storedKey(secretKey, secret.version),
          remoteRef: {
            key: secret.remote,
            ...(property === '' ? {} : { property }),
            ...(secret.version === undefined ? {} : { version: secret.version }),
            ...REMOTE_DEFAULTS,
          },
        })),
    },
  });
}

/** Where a secret is stored. */
function origin({ aws }: Cluster, from: SecretProps['from']): Pick<FetchedSecret, 'store' | 'remote'> {
  if ('parameter' in from) return { store: SECRET_STORES.parameterStore, remote: parameterPath(aws, from.parameter) };
  const remote = 'secret' in from ? secretPath(aws, from.secret) : database(aws, from.database).passwordSecret;
  return { store: SECRET_STORES.secretsManager, remote };
}

function pinnedVersion(cluster: Cluster, objectName: string, where: string): string {
  const version = secretVersion(cluster.releases, objectName);
  if (version === undefined) {
    throw new Error(
      `${where}: a secret with \`onChange: 'restart'\` needs its version under \`secretVersions\` in ${cluster.releases.files.join(', ')}; there is none for ${objectName}. Add it (\`aws secretsmanager list-secret-version-ids\` lists the versions).`,
    );
  }
  return version;
}
