import { App } from 'cdk8s';
import type { AwsContract } from '../../charts/aws/contract';
import type { Releases } from '../../charts/aws/releases';
import type { Cluster } from '../../charts/cluster';
import { jaegerNetwork } from '../../charts/jaeger/network';
import { graphOf } from '../../charts/network';
import { gatewayNetwork } from '../../charts/otel-collector/network';
import type { EnvironmentName } from '../../charts/overlay/value';
import { WorkloadChart } from '../../charts/workload/chart';
import type { Workload } from '../../charts/workload/definition';
import { workloadsNetwork } from '../../charts/workload/edges';
import { platform, type WorkloadOverlay, type Workloads } from '../../charts/workload/platform';
import { type AnyOverlay, resolvePlatform } from '../../charts/workload/resolve';
import { unitsOf } from '../../fleet/units';
import { environments } from '../../overlays/environments';
import { collect } from '../../synth/collect';
import type { SourcedObject } from '../../synth/object';
import { validate } from './schema';

/** What the AWS layer gives the test cluster. */
export const contract: AwsContract = {
  account: '111122223333',
  region: 'us-east-1',
  cluster: {
    name: 'shop-dev',
    oidcProvider: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC',
    oidcIssuer: 'https://oidc.eks.us-east-1.amazonaws.com/id/ABC',
  },
  zones: ['us-east-1a', 'us-east-1b'],
  vpc: {
    endpoints: [],
    id: 'vpc-0a1b2c3d4e5f60718',
    cidr: '10.0.0.0/16',
    subnets: {
      private: { 'us-east-1a': '10.0.32.0/19', 'us-east-1b': '10.0.64.0/19' },
      public: { 'us-east-1a': '10.0.0.0/24', 'us-east-1b': '10.0.1.0/24' },
      controlPlane: { 'us-east-1a': '10.0.12.0/28', 'us-east-1b': '10.0.12.16/28' },
      database: { 'us-east-1a': '10.0.8.0/24', 'us-east-1b': '10.0.9.0/24' },
    },
  },
  serviceCidr: '172.20.0.0/16',
  registry: '111122223333.dkr.ecr.us-east-1.amazonaws.com',
  hostedZones: { public: { id: 'Z0123456789ABCDEFGHIJ', domain: 'dev.shop.example', private: false } },
  certificates: {},
  databases: {
    orders: {
      endpoint: 'orders.example.us-east-1.rds.amazonaws.com',
      port: 5432,
      engine: 'postgres',
      version: '15.8',
      tls: { mode: 'verify-full', caBundle: '/shop/dev/rds-ca' },
      databaseName: 'orders_db',
      passwordSecret: 'shop/dev/orders/database',
      iamAuth: false,
    },
  },
  redis: {
    main: {
      host: 'redis.example.cache.amazonaws.com',
      port: 6379,
      version: '7.1',
      clusterMode: false,
      tls: true,
      authSecret: 'shop/dev/redis',
    },
    open: { host: 'open.example.cache.amazonaws.com', port: 6380, version: '7.1', clusterMode: false, tls: false },
  },
  buckets: { 'user-media': { name: 'shop-media-dev', arn: 'arn:aws:s3:::shop-media-dev' } },
  kmsKeys: { data: 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000' },
  roles: {
    'shop/subject': 'arn:aws:iam::111122223333:role/shop-dev-subject',
    'external-secrets/external-secrets': 'arn:aws:iam::111122223333:role/shop-dev-external-secrets',
    'cert-manager/cert-manager': 'arn:aws:iam::111122223333:role/shop-dev-cert-manager',
    'external-dns/external-dns': 'arn:aws:iam::111122223333:role/shop-dev-external-dns',
    'kube-system/aws-load-balancer-controller': 'arn:aws:iam::111122223333:role/shop-dev-load-balancer-controller',
    'kube-system/cluster-autoscaler': 'arn:aws:iam::111122223333:role/shop-dev-cluster-autoscaler',
    'velero/velero': 'arn:aws:iam::111122223333:role/shop-dev-velero',
  },
  secrets: { jwt: 'shop/dev/jwt', stripe: 'shop/dev/stripe' },
  parameters: { flags: '/shop/dev/flags' },
  logGroups: {},
  groups: { admin: ['shop-admins'], developer: ['shop-developers', 'shop-interns'], readOnly: ['shop-readers'] },
  endpoints: { smtp: { host: 'smtp.example.com', port: 587, why: 'sends mail' } },
  addons: { vpcCni: { version: 'v1.18.3-eksbuild.1', networkPolicy: true }, ebsCsi: { version: 'v1.33.0-eksbuild.1', storageClasses: [] } },
  elsewhere: {},
};

/** What runs in the test cluster. */
export const releases: Releases = {
  images: {
    'shop/subject': { tag: 'v1.2.3' },
    'shop/other': { tag: 'v4.5.6', digest: `sha256:${'a'.repeat(64)}` },
    'shop/pgbouncer': { tag: '1.23.1' },
    'shop/pgbouncer-exporter': { tag: 'v0.12.1' },
  },
  secretVersions: { 'subject-stripe': 'uuid/00000000-0000-0000-0000-000000000001' },
};

/** A cluster with one plain group of nodes and one that only tolerating pods may use. */
export function clusterWith(changes: Partial<Cluster> = {}): Cluster {
  const group = {
    instanceTypes: ['m6i.large'],
    allocatable: { cpu: '1930m', memory: '7100Mi', pods: 29 },
    size: { min: 1, max: 3 },
    zones: contract.zones,
    spot: false,
  };
  return {
    name: 'shop/dev',
    platform: 'shop',
    kubernetes: '1.28',
    namespace: 'shop',
    mesh: true,
    repositories: { platform: 'https://git.example/shop.git', workloads: 'https://git.example/shop.git' },
    nodeGroups: [
      { ...group, name: 'plain', labels: { pool: 'plain' }, taints: [] },
      {
        ...group,
        name: 'picky',
        labels: { tier: 'application', pool: 'picky' },
        taints: [
          { key: 'pool', value: 'picky', effect: 'NoSchedule' as const },
          { key: 'drained', effect: 'NoExecute' as const },
        ],
      },
    ],
    pgbouncer: {
      replicas: 2,
      nodeGroup: 'plain',
      resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    },
    quota: { cpu: '10', memory: '20Gi', pods: 50 },
    existing: [],
    components: {},
    gitops: { freeze: false, syncWindows: [], pruneWorkloads: true },
    environment: environments.dev,
    aws: { file: 'overlays/shop/dev/aws.yaml', data: contract },
    releases: { files: ['overlays/shop/dev/releases.yaml'], data: releases },
    ...changes,
  };
}

/** The contract of the test cluster with some sections replaced. */
export const contractWith = (changes: Partial<AwsContract>): Pick<Cluster, 'aws'> => ({
  aws: { file: 'overlays/shop/dev/aws.yaml', data: { ...contract, ...changes } },
});

/** The contract of the test cluster without an IAM role for the workload `subject`. */
export const roleless: Pick<Cluster, 'aws'> = contractWith({
  // Those of components: the fleet renders them beside the workloads.
  roles: Object.fromEntries(Object.entries(contract.roles).filter(([account]) => !account.startsWith('shop/'))),
});

/** The releases of the test cluster with other pinned versions of secrets. */
export const versions = (secretVersions: Releases['secretVersions']): Pick<Cluster, 'releases'> => ({
  releases: { files: ['overlays/shop/dev/releases.yaml'], data: { ...releases, secretVersions } },
});

// biome-ignore lint/suspicious/noExplicitAny: rendered objects are read here field by field
export type Rendered = any;

/** Rendered objects, looked up by kind and name. */
export interface Objects {
  readonly all: readonly Rendered[];
  readonly sourced: readonly SourcedObject[];
  /** The one object of a kind (and name). @throws when there is not exactly one */
  one(kind: string, name?: string): Rendered;
  /** All objects of a kind. */
  of(kind: string): readonly Rendered[];
}

/** Objects by kind; every one of them is first held against the schemas of Kubernetes 1.28, where these are at hand. */
export function objects(sourced: readonly SourcedObject[]): Objects {
  const all = sourced.map(({ object }) => object as Rendered);
  for (const object of all) validate(object);
  const of = (kind: string, name?: string) =>
    all.filter((object) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name);
  return {
    all,
    sourced,
    of,
    one: (kind, name) => {
      const found = of(kind, name);
      if (found.length !== 1)
        throw new Error(`${found.length} objects ${kind} ${name ?? ''} in ${all.map((o) => `${o.kind} ${o.metadata.name}`).join(', ')}`);
      return found[0];
    },
  };
}

/** What a test may say beside the workload. */
export interface Setting<W extends Workload> {
  /** Changes of the test cluster. */
  readonly cluster?: Partial<Cluster>;
  /** @default 'dev' */
  readonly environment?: EnvironmentName;
  /** Laid on the workload, in this order. */
  readonly overlays?: readonly WorkloadOverlay<W>[];
}

/** Renders one workload, alone in the test cluster. */
export function render<W extends Workload>(workload: W, { cluster, environment = 'dev', overlays = [] }: Setting<W> = {}): Objects {
  const layers = overlays.map((overlay) => ({ subject: overlay }) as AnyOverlay);
  const [resolved] = resolvePlatform(platform('shop', { subject: workload }), environment, layers);
  if (resolved === undefined) throw new Error('nothing resolved');
  const settings = clusterWith({ environment: environments[environment], ...cluster });
  const { edges } = graphOf(settings, [workloadsNetwork(settings, [resolved]), gatewayNetwork(settings, []), jaegerNetwork(settings)]);
  const chart = new WorkloadChart(new App(), { cluster: settings, workload: resolved, edges });
  return objects(collect(chart, resolved.name));
}

/** Renders several workloads as the fleet does, with calls at both ends and patches: their namespace and everything in it. */
export function renderAll(workloads: Workloads, overlays: readonly AnyOverlay[] = [], cluster: Partial<Cluster> = {}): Objects {
  const settings = clusterWith(cluster);
  const { units } = unitsOf(settings, resolvePlatform(platform('shop', workloads), settings.environment.name, overlays));
  const all = units.flatMap((unit) => unit.objects);
  return objects(
    all.filter(({ object: { kind, metadata } }) => (kind === 'Namespace' ? metadata.name : metadata.namespace) === settings.namespace),
  );
}

/** The pod template of the one Deployment, StatefulSet, CronJob or, by name, Job. */
export function podOf(rendered: Objects, kind = 'Deployment', name?: string): Rendered {
  const { spec } = rendered.one(kind, name);
  return kind === 'CronJob' ? spec.jobTemplate.spec.template : spec.template;
}
