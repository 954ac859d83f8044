import type { AwsContract, LoadedContract } from './contract';

export type Database = AwsContract['databases'][string];
export type Redis = AwsContract['redis'][string];
export type Bucket = AwsContract['buckets'][string];
export type HostedZone = AwsContract['hostedZones'][string];
export type Endpoint = AwsContract['endpoints'][string];

/** A database by name. @throws Error when the contract has none of this name */
export function database(contract: LoadedContract, name: string): Database {
  return entry(contract, 'databases', contract.data.databases, name);
}

/** A Redis server or cluster by name. @throws Error when the contract has none of this name */
export function redis(contract: LoadedContract, name: string): Redis {
  return entry(contract, 'redis', contract.data.redis, name);
}

/** An S3 bucket by the contract's name for it (`content`), not by its own. @throws Error when the contract has none of this name */
export function bucket(contract: LoadedContract, name: string): Bucket {
  return entry(contract, 'buckets', contract.data.buckets, name);
}

/** ARN of the IAM role of a service account. @throws Error when the contract has none for it */
export function role(contract: LoadedContract, namespace: string, serviceAccount: string): string {
  return entry(contract, 'roles', contract.data.roles, `${namespace}/${serviceAccount}`);
}

/** Secrets Manager path of a secret by name. @throws Error when the contract has none of this name */
export function secretPath(contract: LoadedContract, name: string): string {
  return entry(contract, 'secrets', contract.data.secrets, name);
}

/** Parameter Store path of a parameter by name. @throws Error when the contract has none of this name */
export function parameterPath(contract: LoadedContract, name: string): string {
  return entry(contract, 'parameters', contract.data.parameters, name);
}

/** An outside service by name. @throws Error when the contract has none of this name */
export function endpoint(contract: LoadedContract, name: string): Endpoint {
  return entry(contract, 'endpoints', contract.data.endpoints, name);
}

/** A Route 53 hosted zone by name. @throws Error when the contract has none of this name */
export function hostedZone(contract: LoadedContract, name: string): HostedZone {
  return entry(contract, 'hostedZones', contract.data.hostedZones, name);
}

/** ARN of an ACM certificate by name. @throws Error when the contract has none of this name */
export function certificate(contract: LoadedContract, name: string): string {
  return entry(contract, 'certificates', contract.data.certificates, name);
}

/** ARN of a KMS key by name. @throws Error when the contract has none of this name */
export function kmsKey(contract: LoadedContract, name: string): string {
  return entry(contract, 'kmsKeys', contract.data.kmsKeys, name);
}

/** Name of a CloudWatch log group by name. @throws Error when the contract has none of this name */
export function logGroup(contract: LoadedContract, name: string): string {
  return entry(contract, 'logGroups', contract.data.logGroups, name);
}

/** ARN of the WAF ACL. @throws Error when the contract has none */
export function webAcl({ file, data }: LoadedContract): string {
  if (data.webAcl === undefined) throw new Error(`${file}: webAcl is not set. Add the ARN of the WAF ACL, or expose without one.`);
  return data.webAcl;
}

function entry<Value>({ file }: LoadedContract, section: string, entries: Readonly<Record<string, Value>>, name: string): Value {
  const found = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(entries).sort().join(', ') || 'none';
  throw new Error(`${file}: ${section} has no entry "${name}"; there are: ${known}. Add the entry, or correct the name.`);
}
