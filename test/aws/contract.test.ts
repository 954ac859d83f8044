import { describe, expect, it } from 'vitest';
import { loadContract } from '../../charts/aws/load';
import { afterChange, errorOf, full, minimal, type Tree } from './fixtures';

describe('a contract that is right', () => {
  it('may leave out every optional part', () => {
    const { file, data } = loadContract(JSON.stringify(minimal()), 'a/aws.yaml');
    expect(file).toBe('a/aws.yaml');
    expect(data).toMatchObject({ databases: {}, redis: {}, buckets: {}, roles: {}, secrets: {}, endpoints: {}, elsewhere: {} });
    expect(data.vpc.subnets).toMatchObject({ public: {}, controlPlane: {}, database: {} });
    expect(data.vpc.endpoints).toEqual([]);
    expect(data.addons.ebsCsi.storageClasses).toEqual([]);
    expect(data.webAcl).toBeUndefined();
  });

  it('is returned as it was written', () => {
    expect(loadContract(JSON.stringify(full()), 'aws.yaml').data).toEqual(full());
  });

  it('may name the secret that RDS manages itself, by its ARN', () => {
    const data = full();
    data.databases.users.passwordSecret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1c5dfb67-8fd5-4f2a-9d5b-AbCdEf';
    expect(loadContract(JSON.stringify(data), 'aws.yaml').data.databases.users).toEqual(data.databases.users);
  });

  it('may write null for what it leaves out, as Terraform does', () => {
    const data = { ...full(), webAcl: null, endpoints: null };
    expect(loadContract(JSON.stringify(data), 'aws.yaml').data).toMatchObject({ endpoints: {} });
  });
});

// Every row: what is wrong, how, and the only problem that must be reported.
const refusals: readonly [name: string, change: (data: Tree) => void, path: string, found: string, expected: string, mend: string][] = [
  ['a missing account', (d) => delete d.account, 'account', 'nothing', '12 digits', 'add the key'],
  ['a short account', (d) => (d.account = '1234'), 'account', '"1234"', '12 digits', 'write it as "012345678901"'],
  ['a zone as region', (d) => (d.region = 'us-east-1a'), 'region', '"us-east-1a"', 'an AWS region', 'not a zone'],
  ['a missing part', (d) => delete d.vpc, 'vpc', 'nothing', 'a mapping with id, cidr, endpoints, subnets', 'add the key'],
  ['a text for a mapping', (d) => (d.cluster = 'shop'), 'cluster', 'a text', 'a mapping with name', 'correct the value'],
  ['a list for a mapping', (d) => (d.secrets = ['x']), 'secrets', 'a list of 1', 'a mapping', 'correct the value'],
  ['an unknown key at the top', (d) => (d.bucket = {}), 'bucket', 'an unknown key', 'one of account, region', 'correct the spelling'],
  [
    'an unknown key below',
    (d) => (d.databases.users.host = 'x'),
    'databases.users.host',
    'an unknown key',
    'one of endpoint, port',
    'correct',
  ],
  ['a cluster name with a space', (d) => (d.cluster.name = 'a b'), 'cluster.name', '"a b"', 'the name of an EKS cluster', 'letters'],
  [
    'an http endpoint',
    (d) => (d.cluster.endpoint = 'http://a.example'),
    'cluster.endpoint',
    '"http://a.example"',
    'a URL, as https://',
    'copy',
  ],
  [
    'an issuer without id',
    (d) => (d.cluster.oidcIssuer = 'https://a.example'),
    'cluster.oidcIssuer',
    '"https://a.example"',
    'a URL',
    'copy',
  ],
  ['a zone id', (d) => (d.zones[1] = 'use1-az2'), 'zones[1]', '"use1-az2"', 'an availability zone', "zone's name"],
  ['a single zone', (d) => (d.zones = ['us-east-1a']), 'zones', 'a list of 1', 'at least 2 availability zones', 'correct'],
  ['a zone given twice', (d) => (d.zones = ['us-east-1a', 'us-east-1b', 'us-east-1a']), 'zones', 'a list of 3', 'each once', 'given twice'],
  ['a VPC name', (d) => (d.vpc.id = 'main'), 'vpc.id', '"main"', 'the id of a VPC', 'not the name'],
  ['an id for an endpoint', (d) => (d.vpc.endpoints = ['vpce-1']), 'vpc.endpoints[0]', '"vpce-1"', 'CIDR', 'write'],
  ['one CIDR for a list', (d) => (d.vpc.endpoints = '10.0.11.0/26'), 'vpc.endpoints', 'a text', 'CIDRs', 'correct'],
  [
    'a registry URL',
    (d) => (d.registry = 'https://111122223333.dkr.ecr.us-east-1.amazonaws.com'),
    'registry',
    '"https',
    'the host of',
    'no scheme',
  ],
  [
    'a zone id path',
    (d) => (d.hostedZones.public.id = '/hostedzone/Z1'),
    'hostedZones.public.id',
    '"/hostedzone/Z1"',
    'hosted zone',
    'leave out',
  ],
  [
    'a domain with a dot',
    (d) => (d.hostedZones.public.domain = 'a.example.'),
    'hostedZones.public.domain',
    '"a.example."',
    'a host name',
    'dot',
  ],
  ['an upper-case name', (d) => (d.secrets.JWT = 'a/b'), 'secrets.JWT', 'the key "JWT"', 'lower-case letters', 'rename'],
  ['a malformed ARN', (d) => (d.certificates.edge = 'arn:aws:acm'), 'certificates.edge', '"arn:aws:acm"', 'the ARN of an ACM', 'whole ARN'],
  [
    'an ARN of another service',
    (d) => (d.kmsKeys.data = 'arn:aws:iam::111122223333:role/x'),
    'kmsKeys.data',
    '"arn:aws:iam::111122223333:role/x"',
    'the ARN of a KMS key',
    'of a KMS key',
  ],
  [
    'an ARN of another kind of resource',
    (d) => (d.roles['shop/worker'] = 'arn:aws:iam::111122223333:user/x'),
    'roles["shop/worker"]',
    '"arn:aws:iam::111122223333:user/x"',
    'the ARN of an IAM role',
    'copy',
  ],
  [
    'an IAM ARN with a region',
    (d) => (d.roles['shop/worker'] = 'arn:aws:iam:us-east-1:111122223333:role/x'),
    'roles["shop/worker"]',
    '"arn:aws:iam:us-east-1',
    'the ARN of an IAM role',
    'copy',
  ],
  ['an ARN of no WAF', (d) => (d.webAcl = 'shop'), 'webAcl', '"shop"', 'a WAF web ACL', 'copy'],
  [
    'a role without namespace',
    (d) => (d.roles.worker = d.roles['shop/worker']),
    'roles.worker',
    'the key "worker"',
    'namespace/serv',
    'name',
  ],
  [
    'an address as host',
    (d) => (d.databases.users.endpoint = '10.0.8.7'),
    'databases.users.endpoint',
    '"10.0.8.7"',
    'a host name',
    'no scheme',
  ],
  ['a host with port', (d) => (d.redis.main.host = 'a.example:6379'), 'redis.main.host', '"a.example:6379"', 'a host name', 'port'],
  ['a host with _', (d) => (d.endpoints.stripe.host = 'a_b.example'), 'endpoints.stripe.host', '"a_b.example"', 'a host name', 'alone'],
  ['a quoted port', (d) => (d.databases.users.port = '5432'), 'databases.users.port', '"5432"', '1 to 65535', 'without quotes'],
  ['port 0', (d) => (d.endpoints.stripe.port = 0), 'endpoints.stripe.port', 'the number 0', '1 to 65535', 'number'],
  ['port 65536', (d) => (d.redis.main.port = 65536), 'redis.main.port', 'the number 65536', '1 to 65535', 'number'],
  ['another engine', (d) => (d.databases.users.engine = 'mysql'), 'databases.users.engine', '"mysql"', '"postgres"', 'only PostgreSQL'],
  [
    'a weak TLS mode',
    (d) => (d.databases.users.tls.mode = 'require'),
    'databases.users.tls.mode',
    '"require"',
    '"verify-full"',
    'false server',
  ],
  ['no TLS', (d) => delete d.databases.users.tls, 'databases.users.tls', 'nothing', 'a mapping with mode, caBundle', 'add the key'],
  [
    'an engine version as number',
    (d) => (d.databases.users.version = 15.8),
    'databases.users.version',
    '15.8 (read as',
    '"15.8"',
    'in quotes',
  ],
  ['a database name', (d) => (d.databases.users.databaseName = 'a-b'), 'databases.users.databaseName', '"a-b"', 'database name', 'letters'],
  ['a quoted boolean', (d) => (d.redis.main.tls = 'true'), 'redis.main.tls', '"true"', 'true or false', 'without quotes'],
  ['a boolean of YAML 1.1', (d) => (d.redis.main.tls = 'yes'), 'redis.main.tls', '"yes"', 'true or false', 'without quotes'],
  ['a bucket in upper case', (d) => (d.buckets.media.name = 'Media'), 'buckets.media.name', '"Media"', 'an S3 bucket', '3 to 63'],
  ['an endpoint without reason', (d) => delete d.endpoints.stripe.why, 'endpoints.stripe.why', 'nothing', 'a reason', 'add the key'],
  ['an empty reason', (d) => (d.endpoints.stripe.why = 'x'), 'endpoints.stripe.why', '"x"', 'a reason, in a sentence', 'say'],
  ['an issuer without TLS', (d) => (d.oidc.issuer = 'http://login'), 'oidc.issuer', '"http://login"', 'a URL, as', 'discovery document'],
  [
    'a claim below the top level',
    (d) => (d.oidc.groupsClaim = 'realm.groups'),
    'oidc.groupsClaim',
    '"realm.groups"',
    'the name of a claim',
    'top level',
  ],
  [
    'the secret of an OAuth client itself',
    (d) => (d.oidc.clients.grafana.secret = 'abc'),
    'oidc.clients.grafana.secret',
    'a value that is no path (not shown)',
    'path or ARN',
    'Secrets Manager',
  ],
  ['no admins', (d) => (d.groups.admin = []), 'groups.admin', 'an empty list', 'at least 1 group', 'correct'],
  [
    "a group of Kubernetes's own",
    (d) => (d.groups.developer = ['system:masters']),
    'groups.developer[0]',
    '"system:masters"',
    'identity',
    'system:',
  ],
  ['no VPC CNI', (d) => delete d.addons.vpcCni, 'addons.vpcCni', 'nothing', 'a mapping with version, networkPolicy', 'add the key'],
  [
    'a CNI that enforces nothing',
    (d) => (d.addons.vpcCni.networkPolicy = false),
    'addons.vpcCni.networkPolicy',
    'the boolean false',
    'true',
    'enforces none',
  ],
  [
    'a CNI that says nothing',
    (d) => delete d.addons.vpcCni.networkPolicy,
    'addons.vpcCni.networkPolicy',
    'nothing',
    'true',
    'enforces none',
  ],
  [
    'a CNI before policies',
    (d) => (d.addons.vpcCni.version = 'v1.13.4-eksbuild.1'),
    'addons.vpcCni.version',
    '"v1.13.4-',
    'from 1.14',
    'upgrade',
  ],
  ['no EBS CSI driver', (d) => delete d.addons.ebsCsi, 'addons.ebsCsi', 'nothing', 'a mapping with version', 'add the key'],
  ['an add-on version', (d) => (d.addons.ebsCsi.version = '1.33'), 'addons.ebsCsi.version', '"1.33"', 'an add-on version', 'copy'],
  [
    'a log group ARN',
    (d) => (d.logGroups.auth = 'arn:aws:logs:us-east-1:111122223333:x'),
    'logGroups.auth',
    '"arn:',
    'log group',
    'not the ARN',
  ],
];

describe('a contract with one wrong value', () => {
  it.each(refusals)('%s', (_, change, path, found, expected, mend) => {
    const problems = afterChange(change);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]!.found).toContain(found);
    expect(problems[0]!.expected).toContain(expected);
    expect(problems[0]!.mend).toContain(mend);
  });
});

describe('a contract with many wrong values', () => {
  it('reports all of them in one message, in the order of the file, with file and line', () => {
    const text = JSON.stringify(full(), null, 1)
      .replace('"111122223333"', '012345678901'.slice(1))
      .replace('"port": 6379', '"port": "6379"')
      .replace('"10.0.9.0/24"', '"10.0.9.1/24"')
      .replace('"10.0.64.0/19"', '"10.0.32.0/20"');
    const { message, problems } = errorOf(() => loadContract(text, 'overlays/shop/dev/aws.yaml'));
    expect(problems).toHaveLength(4);
    expect(message).toMatch(/^overlays\/shop\/dev\/aws\.yaml: 4 problems\n/);
    const places = [...message.matchAll(/^ {2}overlays\/shop\/dev\/aws\.yaml:(\d+) (\S+)$/gm)].map(([, line, path]) => [
      Number(line),
      path,
    ]);
    const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
    expect(places).toEqual([
      [2, 'account'],
      [lineOf('10.0.32.0/20'), 'vpc.subnets.private.us-east-1b'],
      [lineOf('10.0.9.1'), 'vpc.subnets.database.us-east-1b'],
      [lineOf('"6379"'), 'redis.main.port'],
    ]);
    expect(message).toContain('found:    12345678901 (read as the number 12345678901)');
    expect(message).toContain('to mend:  write it in quotes: YAML reads it as a number without them');
  });

  it('shows an account id that lost its zero as it was written', () => {
    const text = JSON.stringify(full()).replace('"111122223333"', '012345678901').replace('{', '{ ');
    expect(errorOf(() => loadContract(text.replaceAll('":', '": '), 'aws.yaml')).message).toContain(
      '012345678901 (read as the number 12345678901)',
    );
  });
});

describe('secrets', () => {
  const leaks: readonly [name: string, change: (data: Tree) => void, path: string, value: string][] = [
    ['a password for a secret path', (d) => (d.databases.users.passwordSecret = 'hunter2'), 'databases.users.passwordSecret', 'hunter2'],
    ['a number for a secret path', (d) => (d.secrets.jwt = 87654321), 'secrets.jwt', '87654321'],
    ['a value for a parameter path', (d) => (d.parameters.ca = 's3cr3t'), 'parameters.ca', 's3cr3t'],
    ['a text for all secrets', (d) => (d.secrets = 's3cr3t'), 'secrets', 's3cr3t'],
    ['a private key', (d) => (d.secrets.jwt = '-----BEGIN RSA PRIVATE KEY-----\nMIIE'), 'secrets.jwt', 'MIIE'],
    ['an access key', (d) => (d.endpoints.stripe.why = `uses ${'AKIA'}ABCDEFGHIJKLMNOP`), 'endpoints.stripe.why', 'ABCDEFGHIJKLMNOP'],
    ['a password in a URL', (d) => (d.cluster.endpoint = 'https://me:hunter2@a.example'), 'cluster.endpoint', 'hunter2'],
    ['a password assignment', (d) => (d.cluster.name = 'password=hunter2'), 'cluster.name', 'hunter2'],
    ['an unknown key with a password', (d) => (d.databases.users.password = 'hunter2'), 'databases.users.password', 'hunter2'],
    ['a key that is a secret', (d) => (d.secrets[`${'AKIA'}ABCDEFGHIJKLMNOP`] = 'a/b'), 'secrets["(not shown)"]', 'ABCDEFGHIJKLMNOP'],
  ];

  it.each(leaks)('%s is refused and not shown', (_, change, path, value) => {
    const data = full();
    change(data);
    const { message } = errorOf(() => loadContract(JSON.stringify(data), 'aws.yaml'));
    expect(message).toContain('aws.yaml: 1 problem\n');
    expect(message).toContain(` ${path}\n`);
    expect(message).not.toContain(value);
  });

  it('says that a leaked value has to be rotated', () => {
    const problems = afterChange((data) => (data.secrets.jwt = `sk_live_${'a1b2c3d4'}`));
    expect(problems).toMatchObject([{ path: 'secrets.jwt', found: 'a value that looks like a payment provider key (not shown)' }]);
    expect(problems[0]!.mend).toContain('rotate');
  });
});
