import { describe, expect, it } from 'vitest';
import { loadContract } from '../../charts/aws/load';
import { afterChange, full, type Tree } from './fixtures';

const foreign: readonly [name: string, change: (data: Tree) => void, path: string, found: string, expected: string][] = [
  [
    'a role',
    (d) => (d.roles['shop/worker'] = 'arn:aws:iam::999988887777:role/x'),
    'roles["shop/worker"]',
    'account 999988887777',
    'account 111122223333',
  ],
  [
    'a certificate in another region',
    (d) => (d.certificates.edge = 'arn:aws:acm:eu-west-1:111122223333:certificate/1'),
    'certificates.edge',
    'region eu-west-1',
    'region us-east-1',
  ],
  [
    'a WAF ACL of another account',
    (d) => (d.webAcl = 'arn:aws:wafv2:us-east-1:999988887777:regional/webacl/a/1'),
    'webAcl',
    'account 999988887777',
    'account 111122223333',
  ],
  [
    'a secret ARN of another account',
    (d) => (d.secrets.other = 'arn:aws:secretsmanager:us-east-1:999988887777:secret:a/b'),
    'secrets.other',
    'account 999988887777',
    'account 111122223333',
  ],
  [
    'a registry of another account',
    (d) => (d.registry = '999988887777.dkr.ecr.us-east-1.amazonaws.com'),
    'registry',
    'account 999988887777',
    'account 1',
  ],
  [
    'a registry of another region',
    (d) => (d.registry = '111122223333.dkr.ecr.us-west-2.amazonaws.com'),
    'registry',
    'region us-west-2',
    'region us-e',
  ],
  [
    'a database of another region',
    (d) => (d.databases.users.endpoint = 'users.abc.us-west-2.rds.amazonaws.com'),
    'databases.users.endpoint',
    'region us-west-2',
    'region us-east-1',
  ],
  [
    'a cache of another region',
    (d) => (d.redis.main.host = 'main.abc.ng.0001.euw1.cache.amazonaws.com'),
    'redis.main.host',
    'region euw1',
    'region us-east-1',
  ],
  [
    'a service of another region',
    (d) => (d.endpoints.stripe.host = 'email-smtp.eu-west-1.amazonaws.com'),
    'endpoints.stripe.host',
    'region eu-west-1',
    'us-e',
  ],
  [
    'an API server of another region',
    (d) => (d.cluster.endpoint = 'https://AB.gr7.us-west-2.eks.amazonaws.com'),
    'cluster.endpoint',
    'region us-west-2',
    'region us-east-1',
  ],
  [
    'a bucket in another region',
    (d) => (d.buckets.media = { name: 'a-b', arn: 'arn:aws:s3:::a-b', region: 'eu-west-1' }),
    'buckets.media.region',
    '"eu-west-1"',
    'us-e',
  ],
  [
    'another partition',
    (d) => (d.buckets.media.arn = 'arn:aws-cn:s3:::shop-media-dev'),
    'buckets.media.arn',
    'partition aws-cn',
    'partition aws',
  ],
];

describe('account and region', () => {
  it.each(foreign)('%s is refused', (_, change, path, found, expected) => {
    const problems = afterChange(change);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]!.found).toContain(found);
    expect(problems[0]!.expected).toContain(expected);
    expect(problems[0]!.mend).toContain(`'${path}' to elsewhere`);
  });

  it('are free where the contract says so, with a reason', () => {
    const data = full();
    data.registry = '999988887777.dkr.ecr.us-west-2.amazonaws.com';
    data.certificates.cdn = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
    const key = 'arn:aws:kms:us-west-2:111122223333:key/1';
    data.buckets.backups = { name: 'shop-backups', arn: 'arn:aws:s3:::shop-backups', region: 'us-west-2', kmsKey: key };
    data.elsewhere = {
      registry: 'images come from the tools account',
      'certificates.cdn': 'another region for a test',
      'buckets.backups': 'backups survive the region',
    };
    expect(loadContract(JSON.stringify(data), 'aws.yaml').data.elsewhere).toEqual(data.elsewhere);
  });

  it('excuse only the value that is named', () => {
    const problems = afterChange((data) => {
      data.elsewhere = { 'roles["shop/work"]': 'a role of another account' };
      data.roles['shop/worker'] = 'arn:aws:iam::999988887777:role/x';
    });
    expect(problems.map(({ path }) => path).sort()).toEqual(['elsewhere["roles[\\"shop/work\\"]"]', 'roles["shop/worker"]']);
  });

  it('excuse no value whose name only begins the same', () => {
    const problems = afterChange((data) => {
      data.kmsKeys['data-old'] = 'arn:aws:kms:us-west-2:111122223333:key/1';
      data.kmsKeys.data = 'arn:aws:kms:us-west-2:111122223333:key/2';
      data.elsewhere = { 'kmsKeys.data': 'a key of another region' };
    });
    expect(problems.map(({ path }) => path)).toEqual(['kmsKeys.data-old']);
  });

  it('refuse an exception without need', () => {
    const problems = afterChange((data) => (data.elsewhere = { registry: 'no longer needed' }));
    expect(problems).toMatchObject([{ path: 'elsewhere.registry', found: 'an exception for nothing' }]);
    expect(problems[0]!.mend).toContain('remove the entry');
  });

  it('keep an exception whose value is wrong in another way', () => {
    const problems = afterChange((data) => Object.assign(data, { registry: 'x', elsewhere: { registry: 'another account' } }));
    expect(problems.map(({ path }) => path)).toEqual(['registry']);
  });

  it('know the short names of regions in cache hosts', () => {
    const text = JSON.stringify(full()).replaceAll('us-east-1', 'ap-southeast-2');
    const host = (region: string) => text.replace('.use1.cache', `.${region}.cache`);
    expect(loadContract(host('apse2'), 'aws.yaml').data.region).toBe('ap-southeast-2');
    expect(() => loadContract(host('apne1'), 'aws.yaml')).toThrow('region apne1');
  });

  it('hold in the other partitions', () => {
    const text = JSON.stringify(full())
      .replaceAll('us-east-1', 'us-gov-west-1')
      .replaceAll('arn:aws:', 'arn:aws-us-gov:')
      .replace('use1.cache', 'ugw1.cache');
    expect(loadContract(text, 'aws.yaml').data.region).toBe('us-gov-west-1');
  });
});

describe('parts that belong together', () => {
  it('the OIDC provider is that of the issuer', () => {
    const problems = afterChange((data) => (data.cluster.oidcIssuer = 'https://oidc.eks.us-east-1.amazonaws.com/id/FFFF'));
    expect(problems).toMatchObject([{ path: 'cluster.oidcProvider', expected: expect.stringContaining('/id/FFFF') }]);
  });

  it("a bucket's ARN carries its name", () => {
    expect(afterChange((data) => (data.buckets.media.name = 'shop-other-dev'))).toMatchObject([
      { path: 'buckets.media.arn', found: '"arn:aws:s3:::shop-media-dev"', expected: 'the ARN of the bucket shop-other-dev' },
    ]);
  });

  it("a bucket's key lies in the bucket's region", () => {
    const problems = afterChange((data) => {
      data.buckets.media.region = 'us-west-2';
      data.elsewhere = { 'buckets.media': 'kept in another region' };
    });
    expect(problems).toMatchObject([
      { path: 'buckets.media.kmsKey', found: 'a key in us-east-1', expected: expect.stringContaining('us-west-2') },
    ]);
  });
});
