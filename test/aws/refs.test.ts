import { describe, expect, it } from 'vitest';
import { loadContract } from '../../charts/aws/load';
import * as refs from '../../charts/aws/refs';
import { full, minimal } from './fixtures';

const contract = loadContract(JSON.stringify(full()), 'overlays/shop/dev/aws.yaml');
const empty = loadContract(JSON.stringify(minimal()), 'overlays/shop/dev/aws.yaml');

describe('what a chart reads from the contract', () => {
  it('is found by name', () => {
    expect(refs.database(contract, 'users').passwordSecret).toBe('shop/dev/users/database');
    expect(refs.redis(contract, 'main').port).toBe(6379);
    expect(refs.bucket(contract, 'media').name).toBe('shop-media-dev');
    expect(refs.role(contract, 'shop', 'worker')).toBe('arn:aws:iam::111122223333:role/shop-dev-worker');
    expect(refs.secretPath(contract, 'jwt')).toBe('shop/dev/jwt');
    expect(refs.parameterPath(contract, 'ca')).toBe('/shop/dev/rds-ca-bundle');
    expect(refs.endpoint(contract, 'stripe').host).toBe('api.stripe.com');
    expect(refs.hostedZone(contract, 'public').domain).toBe('dev.shop.example');
    expect(refs.certificate(contract, 'edge')).toMatch(/^arn:aws:acm:/);
    expect(refs.kmsKey(contract, 'data')).toMatch(/^arn:aws:kms:/);
    expect(refs.logGroup(contract, 'auth')).toBe('/shop/dev/auth');
    expect(refs.webAcl(contract)).toMatch(/^arn:aws:wafv2:/);
  });

  const missing: readonly [string, () => unknown, string][] = [
    ['databases', () => refs.database(contract, 'user'), 'no entry "user"; there are: users'],
    ['redis', () => refs.redis(contract, 'cache'), 'no entry "cache"; there are: main'],
    ['buckets', () => refs.bucket(contract, 'shop-media-dev'), 'no entry "shop-media-dev"; there are: media'],
    ['roles', () => refs.role(contract, 'shop', 'api'), 'no entry "shop/api"; there are: shop/worker'],
    ['secrets', () => refs.secretPath(contract, 'stripe'), 'no entry "stripe"; there are: jwt, other'],
    ['parameters', () => refs.parameterPath(contract, 'x'), 'no entry "x"; there are: ca'],
    ['endpoints', () => refs.endpoint(contract, 'smtp'), 'no entry "smtp"; there are: stripe'],
    ['hostedZones', () => refs.hostedZone(contract, 'x'), 'no entry "x"; there are: public'],
    ['certificates', () => refs.certificate(contract, 'x'), 'no entry "x"; there are: edge'],
    ['kmsKeys', () => refs.kmsKey(contract, 'x'), 'no entry "x"; there are: data'],
    ['logGroups', () => refs.logGroup(contract, 'x'), 'no entry "x"; there are: auth'],
    ['databases', () => refs.database(empty, 'users'), 'no entry "users"; there are: none'],
    ['databases', () => refs.database(contract, 'constructor'), 'no entry "constructor"; there are: users'],
    ['webAcl', () => refs.webAcl(empty), 'not set'],
  ];

  it.each(missing)('is an error with file, key and what exists when it is not there (%s)', (section, read, message) => {
    expect(read).toThrow(`overlays/shop/dev/aws.yaml: ${section} `);
    expect(read).toThrow(message);
  });
});
