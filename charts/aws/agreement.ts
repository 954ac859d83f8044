import { parseArn, partitionOf } from './arn';
import type { AwsContract } from './contract';
import { formatPath, type Path, type Problem, show } from './problem';
import type { Partly } from './validate';

type Data = Partly<AwsContract>;

/** A place that names a value, and what of it does not agree with the file's account or region. */
interface Disagreement {
  readonly path: Path;
  readonly found: string;
  readonly expected: string;
}

/**
 * Account, region and partition in ARNs, in the registry's host and in AWS host names are those of the cluster. What `elsewhere` lists may differ,
 * except in its partition; an entry there that excuses nothing is a problem too.
 */
export function* sameAccountAndRegion(data: Data): Iterable<Problem> {
  const excuses = Object.keys(data.elsewhere ?? {});
  const excuseOf = (path: Path): string | undefined => {
    const place = formatPath(path);
    return excuses.find((start) => place === start || place.startsWith(`${start}.`) || place.startsWith(`${start}[`));
  };
  // A value that the schema refused may be what an exception is for.
  const used = new Set([...leaves(data, [])].map(([path, value]) => (value === undefined ? excuseOf(path) : undefined)));
  for (const { path, found, expected } of disagreements(data)) {
    const place = formatPath(path);
    const excuse = excuseOf(path);
    if (excuse !== undefined) used.add(excuse);
    else
      yield {
        path,
        found,
        expected,
        mend: `copy the value of this cluster; when it is meant, add the key '${place}' to elsewhere, with the reason`,
      };
  }
  for (const excuse of excuses) {
    if (used.has(excuse) || data.account === undefined || data.region === undefined) continue;
    yield {
      path: ['elsewhere', excuse],
      found: 'an exception for nothing',
      expected: 'the path of a value that names another account or region',
      mend: 'remove the entry, or correct its path',
    };
  }
}

function* disagreements({ account, region, elsewhere: _, ...data }: Data): Iterable<Disagreement> {
  for (const [path, value] of leaves(data, [])) {
    if (typeof value !== 'string') continue;
    const named = accountAndRegion(value, region);
    if (account !== undefined && named.account !== undefined && named.account !== account) {
      yield { path, found: `account ${named.account} in ${show(value)}`, expected: `account ${account}` };
    }
    if (region !== undefined && named.region !== undefined && named.region !== region) {
      yield { path, found: `region ${named.region} in ${show(value)}`, expected: `region ${region}` };
    }
    if (region !== undefined && named.partition !== undefined && named.partition !== partitionOf(region)) {
      yield { path, found: `partition ${named.partition} in ${show(value)}`, expected: `partition ${partitionOf(region)}` };
    }
  }
  for (const [name, bucket] of Object.entries(data.buckets ?? {})) {
    if (region === undefined || bucket?.region === undefined || bucket.region === region) continue;
    yield { path: ['buckets', name, 'region'], found: show(bucket.region), expected: `region ${region}` };
  }
}

/** What an ARN or an AWS host name says about itself. */
function accountAndRegion(value: string, home = ''): { account?: string; region?: string; partition?: string } {
  const arn = parseArn(value);
  if (arn !== undefined) return { account: arn.account || undefined, region: arn.region || undefined, partition: arn.partition };
  const host = /^(?:https:\/\/)?([a-z0-9.-]+)\.amazonaws\.com(?:\.cn)?(?:\/|$)/i.exec(value)?.[1];
  if (host === undefined) return {};
  const labels = host.split('.');
  const account = host.includes('.dkr.ecr.') ? labels[0] : undefined;
  if (labels.at(-1) !== 'cache') return { account, region: labels.find((label) => /^[a-z]{2}(-[a-z]+)+-\d+$/.test(label)) };
  // ElastiCache shortens regions: use1 is us-east-1.
  const short = /^[a-z]{3,5}\d$/.exec(labels.at(-2) ?? '')?.[0];
  return { account, region: home.split('-').length !== 3 || short === shortRegion(home) ? undefined : short };
}

/** `use1` for `us-east-1`, `apse2` for `ap-southeast-2`. */
function shortRegion(region: string): string {
  const directions = /(north|south|east|west|central)/g;
  const [continent = '', ...rest] = region.split('-');
  return continent + rest.map((part) => part.replace(directions, (direction) => direction.charAt(0))).join('');
}

function* leaves(value: unknown, path: Path): Iterable<readonly [Path, unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, value];
  else for (const [name, member] of Object.entries(value)) yield* leaves(member, [...path, Array.isArray(value) ? Number(name) : name]);
}

/** The OIDC provider that roles trust is that of the cluster's issuer. */
export function* sameIssuer({ cluster }: Data): Iterable<Problem> {
  if (cluster?.oidcProvider === undefined || cluster.oidcIssuer === undefined) return;
  const issuer = cluster.oidcIssuer.replace(/^https:\/\//, '');
  const provider = parseArn(cluster.oidcProvider)?.resource.replace(/^oidc-provider\//, '');
  if (provider === issuer) return;
  yield {
    path: ['cluster', 'oidcProvider'],
    found: show(cluster.oidcProvider),
    expected: `the provider of cluster.oidcIssuer, ending in oidc-provider/${issuer}`,
    mend: 'copy both from the same cluster: with the provider of another one no service account can use its role',
  };
}

/** A bucket's ARN carries its name, and its key lies in its own region, as S3 requires. */
export function* soundBuckets({ region, buckets }: Data): Iterable<Problem> {
  for (const [name, bucket] of Object.entries(buckets ?? {})) {
    const resource = bucket?.arn === undefined ? undefined : parseArn(bucket.arn)?.resource;
    if (bucket?.name !== undefined && resource !== undefined && resource !== bucket.name) {
      yield {
        path: ['buckets', name, 'arn'],
        found: show(bucket.arn),
        expected: `the ARN of the bucket ${bucket.name}`,
        mend: 'correct the name or the ARN',
      };
    }
    const keyRegion = bucket?.kmsKey === undefined ? undefined : parseArn(bucket.kmsKey)?.region;
    const bucketRegion = bucket?.region ?? region;
    if (keyRegion !== undefined && bucketRegion !== undefined && keyRegion !== bucketRegion) {
      yield {
        path: ['buckets', name, 'kmsKey'],
        found: `a key in ${keyRegion}`,
        expected: `a key in ${bucketRegion}, the region of the bucket`,
        mend: "give a key of the bucket's region, or correct the bucket's `region`",
      };
    }
  }
}
