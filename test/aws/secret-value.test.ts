import { describe, expect, it } from 'vitest';
import { looksLikeSecret } from '../../charts/aws/secret-value';

// Put together here, so that scanners of this repository find none of them.
const secrets = [
  ['-----BEGIN', 'PRIVATE KEY-----'].join(' '),
  ['-----BEGIN', 'EC PRIVATE KEY-----\nMHc'].join(' '),
  `AKIA${'ABCDEFGH23456789'.slice(0, 16)}`,
  `ASIA${'ABCDEFGH23456789'}`,
  `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`,
  `password=${'x1'}`,
  `DB_PASSWORD: ${'hunter2'}`,
  `api_key = ${'abc'}`,
  `postgres://me:${'hunter2'}@db.example:5432/users`,
  `redis://:${'hunter2'}@cache.example`,
  `sk_live_${'51Habc'}`,
  `rk_test_${'51Habc'}`,
  `ghp_${'a'.repeat(36)}`,
  `github_pat_${'a'.repeat(30)}`,
  `xoxb-${'1234567890-abc'}`,
  `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxIn0'}.x`,
];

const harmless = [
  'authorworks/production/user-service/database',
  '/authorworks/production/rds-ca-bundle',
  'arn:aws:secretsmanager:us-east-1:111122223333:secret:authorworks/dev/password-AbCdEf',
  'arn:aws:iam::111122223333:role/token-service',
  '-----BEGIN CERTIFICATE-----',
  'https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
  'password',
  'token.example.com',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
  'the subscription service takes payments',
  'v1.4.2',
];

describe('looksLikeSecret', () => {
  it.each(secrets)('takes %s for a secret', (text) => expect(looksLikeSecret(text)).toBeDefined());
  it.each(harmless)('takes %s for none', (text) => expect(looksLikeSecret(text)).toBeUndefined());
});
