import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bucket, database, endpoint, redis, role, secretPath } from '../../charts/aws/refs';
import { imageReference, releaseOf } from '../../charts/aws/releases';
import { semanticVersion } from '../../charts/aws/tags';
import { readContract, readReleases } from '../../fleet/read-data';

const folder = mkdtempSync(path.join(tmpdir(), 'read-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file that cannot be read', () => {
  it('says that it is missing, what it is and where the docs are', () => {
    expect(() => readContract('overlays/shop/dev/aws.yaml')).toThrow(
      /^overlays\/shop\/dev\/aws\.yaml: 1 problem\n.*\n.*no such file\n.*a YAML file\n.*docs\/aws-contract\.md$/,
    );
    expect(() => readReleases('releases.yaml', { environment: 'dev', tags: semanticVersion })).toThrow(
      /no such file\n.*\n.*docs\/releases\.md/,
    );
  });

  it('is looked for below the root, and named without it', () => {
    writeFileSync(path.join(folder, 'empty.yaml'), '');
    expect(() => readContract('empty.yaml', folder)).toThrow(/^empty\.yaml: 1 problem\n.*\n.*input is empty/);
  });

  it('says that it is a folder', () => expect(() => readContract(folder)).toThrow('a folder'));

  it('says that it is no text', () => {
    const file = path.join(folder, 'latin1.yaml');
    writeFileSync(file, Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    expect(() => readContract(file)).toThrow('no UTF-8');
  });

  it('gives file, line, path, value and expectation of what is wrong in it', () => {
    const file = path.join(folder, 'releases.yaml');
    writeFileSync(file, 'images:\n  shop/api:\n    tag: latest\n');
    const read = () => readReleases(file, { environment: 'production', tags: semanticVersion });
    expect(read).toThrow(
      `${file}:3 images["shop/api"].tag\n    found:    "latest", a floating tag\n    expected: a tag of the platform's form for production, as v1.4.2\n`,
    );
  });
});

const services = ['users', 'content', 'editor', 'subscription'];
const images = [
  'gateway',
  'user-service',
  'content',
  'editor',
  'subscription',
  'media-worker',
  'export-worker',
  'nightly',
  'database-backup',
  'pgbouncer',
  'pgbouncer-exporter',
];

describe.each(['dev', 'staging', 'production'] as const)('authorworks %s', (environment) => {
  const contract = readContract(`overlays/authorworks/${environment}/aws.yaml`);
  const releases = readReleases(`overlays/authorworks/${environment}/releases.yaml`, { environment, tags: semanticVersion });

  it('has a database per service, reached with verify-full', () => {
    for (const name of services) {
      expect(database(contract, name)).toMatchObject({
        engine: 'postgres',
        tls: { mode: 'verify-full', caBundle: `/authorworks/${environment}/rds-ca-bundle` },
      });
      expect(database(contract, name).version).toMatch(/^15\./);
    }
    const endpoints = services.map((name) => database(contract, name).endpoint);
    expect(new Set(endpoints).size).toBe(services.length);
  });

  it('has the given buckets', () => {
    for (const name of ['content', 'media', 'exports', 'backups', 'logs'])
      expect(bucket(contract, name).name).toBe(`authorworks-${name}-${environment}`);
  });

  it('has Redis with TLS, roles, secrets and outside services', () => {
    expect(redis(contract, 'main').tls).toBe(true);
    for (const name of ['content', 'media-worker', 'export-worker', 'database-backup']) {
      expect(role(contract, 'authorworks', `authorworks-${name}`)).toContain(contract.data.account);
    }
    expect(role(contract, 'external-secrets', 'external-secrets')).toContain(contract.data.account);
    for (const name of ['jwt', 'stripe', 'smtp', 'redis']) expect(secretPath(contract, name)).toContain(`/${environment}/`);
    expect(endpoint(contract, 'stripe').port).toBe(443);
    expect(endpoint(contract, 'smtp').port).toBe(587);
  });

  it('has a release of every image', () => {
    expect(Object.keys(releases.data.images)).toEqual(expect.arrayContaining(images.map((name) => `authorworks/${name}`)));
    for (const name of images)
      expect(imageReference(contract, releases, `authorworks/${name}`)).toContain(`.amazonaws.com/authorworks/${name}:v`);
  });
});

describe('the environments of authorworks', () => {
  const contracts = ['dev', 'staging', 'production'].map(
    (environment) => readContract(`overlays/authorworks/${environment}/aws.yaml`).data,
  );

  it('share no account, cluster, network or domain', () => {
    for (const read of [
      (index: number) => contracts[index]!.account,
      (index: number) => contracts[index]!.cluster.name,
      (index: number) => contracts[index]!.vpc.cidr,
      (index: number) => contracts[index]!.hostedZones.public!.domain,
    ]) {
      expect(new Set([0, 1, 2].map(read)).size).toBe(3);
    }
  });

  it('pin digests in production', () => {
    const releases = readReleases('overlays/authorworks/production/releases.yaml', { environment: 'production', tags: semanticVersion });
    expect(releaseOf(releases, 'authorworks/gateway').digest).toMatch(/^sha256:/);
  });
});
