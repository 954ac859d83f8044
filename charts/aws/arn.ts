import { text } from './field';

/** The parts of an Amazon Resource Name. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for global services: `iam`, `s3`. */
  readonly region: string;
  /** Empty for S3 buckets. */
  readonly account: string;
  /** Everything after the account, as `role/authorworks-dev-content`. */
  readonly resource: string;
}

/** Services whose ARNs name no region; those of S3 name no account either. */
const withoutRegion = ['iam', 's3', 'route53', 'cloudfront'];
const withoutAccount = ['s3', 'route53'];

/** Splits an ARN; `undefined` when the text is none, or names a region or account that its service does not have. */
export function parseArn(value: string): Arn | undefined {
  const [, partition, service, region, account, resource] =
    /^arn:(aws|aws-cn|aws-us-gov):([a-z0-9-]+):((?:[a-z]+-)+\d+)?:(\d{12})?:(\S+)$/.exec(value)?.map((part) => part ?? '') ?? [];
  if (partition === undefined || service === undefined || region === undefined || account === undefined || resource === undefined)
    return undefined;
  if (withoutRegion.includes(service) !== (region === '') || withoutAccount.includes(service) !== (account === '')) return undefined;
  return { partition, service, region, account, resource };
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** An ARN of one service. `what` names the resource with its article; `resource` is the form of the part after the account. */
export function arn(service: string, what: string, resource: RegExp, example: string) {
  const passes = (value: string) => {
    const parsed = parseArn(value);
    return parsed !== undefined && parsed.service === service && resource.test(parsed.resource);
  };
  return text(passes, { expected: `the ARN of ${what}, as ${example}`, mend: `copy the whole ARN, from "arn:" on, of ${what}` });
}

/** The ARN of an IAM role. */
export function roleArn() {
  return arn('iam', 'an IAM role', /^role\/[\w+=,.@/-]+$/, 'arn:aws:iam::111122223333:role/authorworks-dev-content');
}

/** The ARN of a KMS key or of an alias. */
export function kmsKeyArn() {
  return arn(
    'kms',
    'a KMS key',
    /^(?:key\/[\w-]+|alias\/[\w/-]+)$/,
    'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  );
}
