import { loadContract } from '../../charts/aws/load';
import { DataError, formatPath, type Problem } from '../../charts/aws/problem';

/** Any data that YAML can hold; tests bend it in place. */
// biome-ignore lint/suspicious/noExplicitAny: tests write wrong values into every place
export type Tree = any;

const issuer = 'oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';

/** The least that a contract must say. */
export function minimal(): Tree {
  return {
    account: '111122223333',
    region: 'us-east-1',
    cluster: {
      name: 'shop-dev',
      oidcProvider: `arn:aws:iam::111122223333:oidc-provider/${issuer}`,
      oidcIssuer: `https://${issuer}`,
    },
    zones: ['us-east-1a', 'us-east-1b'],
    vpc: {
      id: 'vpc-0a1b2c3d4e5f60718',
      cidr: '10.0.0.0/16',
      subnets: { private: { 'us-east-1a': '10.0.32.0/19', 'us-east-1b': '10.0.64.0/19' } },
    },
    serviceCidr: '172.20.0.0/16',
    registry: '111122223333.dkr.ecr.us-east-1.amazonaws.com',
    groups: { admin: ['admins'], developer: [], readOnly: [] },
    addons: { vpcCni: { version: 'v1.18.3-eksbuild.1', networkPolicy: true }, ebsCsi: { version: 'v1.33.0-eksbuild.1' } },
  };
}

/** A contract with every key. */
export function full(): Tree {
  const kms = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const data = minimal();
  data.cluster.endpoint = 'https://0123456789ABCDEF0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com';
  data.vpc.endpoints = ['10.0.11.0/26', '10.0.11.64/32'];
  data.vpc.subnets.public = { 'us-east-1a': '10.0.0.0/24', 'us-east-1b': '10.0.1.0/24' };
  data.vpc.subnets.controlPlane = { 'us-east-1a': '10.0.12.0/28', 'us-east-1b': '10.0.12.16/28' };
  data.vpc.subnets.database = { 'us-east-1a': '10.0.8.0/24', 'us-east-1b': '10.0.9.0/24' };
  return {
    ...data,
    hostedZones: { public: { id: 'Z0123456789ABCDEFGHIJ', domain: 'dev.shop.example', private: false } },
    certificates: { edge: 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012' },
    webAcl: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop-dev/12345678-1234-1234-1234-123456789012',
    databases: {
      users: {
        endpoint: 'users.c9akciq32abc.us-east-1.rds.amazonaws.com',
        port: 5432,
        engine: 'postgres',
        version: '15.8',
        tls: { mode: 'verify-full', caBundle: '/shop/dev/rds-ca-bundle' },
        databaseName: 'users',
        passwordSecret: 'shop/dev/users/database',
        iamAuth: true,
      },
    },
    oidc: {
      issuer: 'https://login.shop.example/realms/staff',
      authorizationEndpoint: 'https://login.shop.example/realms/staff/authorize',
      tokenEndpoint: 'https://login.shop.example/realms/staff/token',
      userinfoEndpoint: 'https://login.shop.example/realms/staff/userinfo',
      scopes: ['openid', 'profile', 'email', 'groups'],
      groupsClaim: 'memberOf',
      clients: { grafana: { id: 'grafana', secret: 'shop/dev/grafana-oidc' } },
    },
    redis: {
      main: {
        host: 'master.shop-dev.abc123.use1.cache.amazonaws.com',
        port: 6379,
        version: '7.1',
        clusterMode: false,
        tls: true,
        authSecret: 'shop/dev/redis',
      },
    },
    buckets: { media: { name: 'shop-media-dev', arn: 'arn:aws:s3:::shop-media-dev', region: 'us-east-1', kmsKey: kms } },
    kmsKeys: { data: kms },
    roles: { 'shop/worker': 'arn:aws:iam::111122223333:role/shop-dev-worker' },
    secrets: { jwt: 'shop/dev/jwt', other: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:shop/dev/other-AbCdEf' },
    parameters: { ca: '/shop/dev/rds-ca-bundle' },
    logGroups: { auth: '/shop/dev/auth' },
    endpoints: { stripe: { host: 'api.stripe.com', port: 443, why: 'takes payments' } },
    addons: {
      vpcCni: { version: 'v1.18.3-eksbuild.1', networkPolicy: true },
      ebsCsi: { version: 'v1.33.0-eksbuild.1', storageClasses: ['gp2'] },
      awsLoadBalancerController: { version: 'v2.8.2' },
      snapshotController: { version: 'v8.0.0-eksbuild.1' },
    },
    elsewhere: {},
  };
}

/** A problem as tests compare it: its path as messages write it. */
export type Seen = Omit<Problem, 'path'> & { readonly path: string };

/** The problems that reading throws; fails when nothing is thrown. */
export function problemsOf(read: () => unknown): readonly Seen[] {
  return errorOf(read).problems.map((problem) => ({ ...problem, path: formatPath(problem.path) }));
}

/** The error that reading throws; fails when nothing is thrown. */
export function errorOf(read: () => unknown): DataError {
  try {
    read();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Problems of a full contract after a change. */
export function afterChange(change: (data: Tree) => void): readonly Seen[] {
  const data = full();
  change(data);
  return problemsOf(() => loadContract(JSON.stringify(data), 'aws.yaml'));
}
