import { arn, kmsKeyArn } from './arn';
import { flag, hostname, httpsUrl, list, named, object, oneOf, parameterPath, port, region, secretPath, sentence, text } from './field';

/** A Route 53 hosted zone. */
export const hostedZone = object({
  id: text(/^Z[A-Z0-9]{1,31}$/, {
    expected: 'the id of a Route 53 hosted zone, as Z0123456789ABCDEFGHIJ',
    mend: 'leave out the /hostedzone/ before the id',
  }),
  /** Domain that the zone answers for. */
  domain: hostname('dev.authorworks.example'),
  /** Whether only the VPC sees the zone. @default false */
  private: flag('whether only the VPC sees the zone').default(false),
});

/** A managed database. */
export const database = object({
  /** Host name of the server. */
  endpoint: hostname('users.c9akciq32abc.us-east-1.rds.amazonaws.com'),
  port: port(),
  engine: oneOf(['postgres'], 'only PostgreSQL is supported'),
  /** Version of the engine, as `15.8`. */
  version: text(/^\d{2}(\.\d+)?$/, { expected: 'a PostgreSQL version, as "15.8"', mend: 'give major and minor version, in quotes' }),
  /** How clients check that they talk to this server. */
  tls: object({
    /** libpq's sslmode: encrypted, certificate checked against the bundle, host name checked. */
    mode: oneOf(['verify-full'], 'weaker modes do not notice a false server; RDS supports verify-full everywhere'),
    /** Parameter Store path of the CA bundle in PEM form. */
    caBundle: parameterPath(),
  }),
  /** Name of the database on the server. */
  databaseName: text(/^[A-Za-z_]\w{0,62}$/, {
    expected: 'a PostgreSQL database name, as users',
    mend: 'use letters, digits and _, at most 63',
  }),
  /** Secrets Manager path of a JSON object with `username` and `password`. */
  passwordSecret: secretPath(),
  /** Whether roles may log in with IAM tokens, without PgBouncer. @default false */
  iamAuth: flag('whether roles may log in with IAM tokens').default(false),
});

/** A Redis server or cluster. */
export const redis = object({
  /** Host name of the primary or, in cluster mode, of the configuration endpoint. */
  host: hostname('main.abc123.ng.0001.use1.cache.amazonaws.com'),
  port: port(),
  /** Version of the engine, as `7.1`. */
  version: text(/^\d+\.\d+(\.\d+)?$/, { expected: 'a Redis version, as "7.1"', mend: 'give major and minor version, in quotes' }),
  /** Whether keys are spread over shards, so that clients need Redis Cluster support. */
  clusterMode: flag('whether keys are spread over shards'),
  /** Whether clients have to speak TLS. */
  tls: flag('whether clients have to speak TLS'),
  /** Secrets Manager path of a JSON object with `password`. @default - clients do not log in */
  authSecret: secretPath().optional(),
});

/** An S3 bucket. */
export const bucket = object({
  /** Name of the bucket. */
  name: text(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    expected: 'the name of an S3 bucket, as authorworks-content-dev',
    mend: 'use 3 to 63 lower-case letters, digits, dots and hyphens',
  }),
  arn: arn('s3', 'an S3 bucket', /^[a-z0-9.-]+$/, 'arn:aws:s3:::authorworks-content-dev'),
  /** Region of the bucket. @default - the cluster's region */
  region: region().optional(),
  /** KMS key that encrypts the objects. @default - S3's own keys */
  kmsKey: kmsKeyArn().optional(),
});

/** A service outside the cluster. */
export const endpoint = object({
  host: hostname('api.stripe.com'),
  port: port(),
  /** What the platform does there: ends up beside the NetworkPolicy that lets it out. */
  why: sentence(),
});

const oidcUrl = (path: RegExp, example: string) =>
  httpsUrl(path, example, "copy it from the provider's discovery document (`<issuer>/.well-known/openid-configuration`)");

/** The provider by which people sign in to programs of the cluster, as its discovery document describes it. */
export const oidc = object({
  issuer: oidcUrl(/^(\/\S*)?$/, 'https://login.authorworks.example/realms/staff'),
  /** Where browsers sign in. */
  authorizationEndpoint: oidcUrl(/^\/\S+$/, 'https://login.authorworks.example/realms/staff/authorize'),
  /** Where programs get tokens. */
  tokenEndpoint: oidcUrl(/^\/\S+$/, 'https://login.authorworks.example/realms/staff/token'),
  /** Where programs ask who somebody is. */
  userinfoEndpoint: oidcUrl(/^\/\S+$/, 'https://login.authorworks.example/realms/staff/userinfo'),
  /** What is asked for; among it what brings the groups. @default ['openid', 'profile', 'email'] */
  scopes: list(text(/^[\w:./-]+$/, { expected: 'a scope, as openid', mend: 'name one scope' }), 1, 'scopes').default([
    'openid',
    'profile',
    'email',
  ]),
  /** Claim that lists somebody's groups, which `groups` names. @default 'groups' */
  groupsClaim: text(/^[A-Za-z_]\w*$/, {
    expected: 'the name of a claim, as groups',
    mend: 'give a claim at the top level, of letters, digits and _',
  }).default('groups'),
  /** Programs that the provider knows, by name: `grafana`. */
  clients: named(
    object({
      id: text(/^[\x21-\x7e]+$/, {
        expected: 'the id of an OAuth client, as grafana',
        mend: 'copy it from the provider; it has no spaces',
      }),
      /** Secrets Manager path of a JSON object with `clientSecret`. */
      secret: secretPath(),
    }),
  ),
});
