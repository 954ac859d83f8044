import type { z } from 'zod';
import { addons } from './addons';
import { arn, kmsKeyArn, roleArn } from './arn';
import { cidr } from './cidr';
import { bucket, database, endpoint, hostedZone, oidc, redis } from './entries';
import { httpsUrl, list, mapping, named, object, parameterPath, region, secretPath, sentence, text } from './field';

// The doc comments below are what an editor shows for a value of the contract; docs/aws-contract.md says where each value comes from.

const zone = () =>
  text(/^[a-z]+(-[a-z]+)+-\d+[a-z]$/, {
    expected: 'an availability zone, as us-east-1a',
    mend: "give the zone's name, not its id (use1-az1)",
  });

const subnets = () => mapping(zone(), cidr(16, 28, '10.16.32.0/19'));

const cluster = object({
  /** Name of the EKS cluster. */
  name: text(/^[0-9A-Za-z][\w-]{0,99}$/, {
    expected: 'the name of an EKS cluster, as authorworks-dev',
    mend: 'use letters, digits, - and _, at most 100',
  }),
  /** URL of the API server. @default - not known to the manifests */
  endpoint: httpsUrl(/^$/, 'https://0123456789ABCDEF0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com').optional(),
  /** ARN of the IAM OIDC provider that service accounts' roles trust. */
  oidcProvider: arn(
    'iam',
    'an IAM OIDC provider',
    /^oidc-provider\/[\w.-]+(\/[\w-]+)*$/,
    'arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
  ),
  /** URL of the cluster's OIDC issuer. */
  oidcIssuer: httpsUrl(/^\/\S+[^/]$/, 'https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF'),
});

const vpc = object({
  id: text(/^vpc-[0-9a-f]{8,17}$/, {
    expected: 'the id of a VPC, as vpc-0a1b2c3d4e5f60718',
    mend: 'copy the id, not the name, of the VPC',
  }),
  /** Addresses of the VPC. */
  cidr: cidr(16, 28, '10.16.0.0/16'),
  /** Addresses of interface endpoints (PrivateLink) by which AWS's APIs are reached, as CIDRs. @default - none: they answer on public addresses */
  endpoints: list(cidr(16, 32, '10.16.11.0/26'), 0, 'CIDRs').default([]),
  /** Addresses of the subnets, by kind and zone. */
  subnets: object({
    /** Nodes, pods and internal load balancers. One in every zone. */
    private: subnets(),
    /** Load balancers that face the internet. @default - none */
    public: subnets().default({}),
    /** Network interfaces of EKS's control plane: where the API server answers, and calls webhooks from. @default - the private subnets, which pods share */
    controlPlane: subnets().default({}),
    /** Managed databases and caches. NetworkPolicies let their clients out to these. @default - none */
    database: subnets().default({}),
  }),
});

const groups = (least: number) =>
  list(
    text(/^(?!system:)\S(.*\S)?$/, {
      expected: 'the name of an identity group',
      mend: 'use a group of your identity provider; groups that begin with system: belong to Kubernetes',
    }),
    least,
    'group names',
  );

/** The schema of `aws.yaml`, field by field. What one field must mean to another stands in `agreement.ts` and `network.ts`. */
export const contractSchema = object({
  /** AWS account id, 12 digits. */
  account: text(/^\d{12}$/, { expected: 'an AWS account id of 12 digits, in quotes', mend: 'write it as "012345678901"' }),
  /** AWS region of the cluster. */
  region: region(),
  cluster,
  /** Availability zones that the cluster uses. */
  zones: list(zone(), 2, 'availability zones'),
  vpc,
  /** Addresses of the cluster's Services. */
  serviceCidr: cidr(12, 24, '172.20.0.0/16'),
  /** Host of the ECR registry that images are pulled from. */
  registry: text(/^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/, {
    expected: 'the host of an ECR registry, as 111122223333.dkr.ecr.us-east-1.amazonaws.com',
    mend: 'give the host alone: no scheme, repository or tag',
  }),
  /** Hosted zones by name: `public` is where external-dns writes. */
  hostedZones: named(hostedZone),
  /** ACM certificate ARNs by name. */
  certificates: named(
    arn(
      'acm',
      'an ACM certificate',
      /^certificate\/[\w-]+$/,
      'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
    ),
  ),
  /** ARN of the WAF ACL in front of load balancers. @default - no WAF */
  webAcl: arn(
    'wafv2',
    'a WAF web ACL',
    /^(regional|global)\/webacl\/[\w-]+\/[\w-]+$/,
    'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/authorworks-dev/12345678-1234-1234-1234-123456789012',
  ).optional(),
  /** Databases by name. */
  databases: named(database),
  /** Redis servers and clusters by name. */
  redis: named(redis),
  /** S3 buckets by name. */
  buckets: named(bucket),
  /** KMS key ARNs by name. */
  kmsKeys: named(kmsKeyArn()),
  /** IAM role ARNs by `namespace/serviceaccount`. */
  roles: mapping(
    text(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, {
      expected: 'namespace/serviceaccount, as authorworks/authorworks-content',
      mend: 'name the service account with its namespace',
    }),
    roleArn(),
  ).default({}),
  /** Secrets Manager paths (or ARNs) by name. Never values. */
  secrets: named(secretPath()),
  /** Parameter Store paths by name. Never values. */
  parameters: named(parameterPath()),
  /** CloudWatch log group names by name. */
  logGroups: named(
    text(/^[\w./#-]{1,512}$/, {
      expected: 'the name of a CloudWatch log group, as /identity/dev/auth',
      mend: 'give the name, not the ARN',
    }),
  ),
  /** Where people sign in to programs of the cluster. @default - nowhere: programs ask for a password, or nobody signs in */
  oidc: oidc.optional(),
  /** Identity groups that Kubernetes roles are bound to. */
  groups: object({ admin: groups(1), developer: groups(0), readOnly: groups(0) }),
  /** Outside services by name. */
  endpoints: named(endpoint),
  /** What the AWS layer has installed in the cluster. */
  addons,
  /** Paths of values that may name another account or region (`certificates.cdn`, `buckets.backups`), each with the reason. */
  elsewhere: mapping(
    text(/^[a-zA-Z]\S*$/, { expected: 'the path of a value, as buckets.backups', mend: 'write the path as messages do' }),
    sentence(),
  ).default({}),
});

/** What the AWS layer provides to one cluster. Names of entries are what charts refer to; see `refs.ts`. */
export type AwsContract = DeepReadonly<z.output<typeof contractSchema>>;

/** A contract with the file it was read from, for messages. */
export interface LoadedContract {
  /** Path of the file, as messages give it. */
  readonly file: string;
  readonly data: AwsContract;
}

/** A type all of whose members are read-only, at every depth. */
export type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;
