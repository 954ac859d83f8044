import { describe, expect, test } from 'vitest';
import { runChecks } from '../../../checks/run';
import { credentialByName } from '../../../checks/security/credential-by-name';
import { credentialInText } from '../../../checks/security/credential-in-text';
import { credentialIn, credentialLines, isLiteralValue, namesCredential } from '../../../checks/security/credentials';
import { secretData } from '../../../checks/security/secret-data';
import { readCase } from '../cases';

/** Made here from pieces, so that scanners of repositories do not take the examples for real. */
const long = (prefix: string, length: number) => prefix + 'aB3dE5gH7'.repeat(10).slice(0, length);

describe('text that looks like a credential', () => {
  test.each([
    ['-----BEGIN EC PRIVATE KEY-----', 'a private key'],
    ['-----BEGIN PRIVATE KEY-----', 'a private key'],
    [long('ghp_', 36), 'a GitHub token'],
    [long('glpat-', 20), 'a GitLab token'],
    [`https://hooks.slack.com/services/${long('T', 30)}`, 'a Slack webhook address'],
    [long('sk_live_', 24), 'a Stripe key'],
    [`${long('eyJ', 20)}.${long('eyJ', 20)}.x`, 'a JSON Web Token'],
    ['redis://:hunter22@cache:6379/0', 'an address with a password'],
    ['see postgres://app:$(PASSWORD)@db and postgres://app:hunter22@db', 'an address with a password'],
  ])('%s', (text, kind) => expect(credentialIn(text)).toBe(kind));

  test.each([
    'https://example.com:8443/path@2x',
    'postgres://app@db:5432/app',
    'amqp://$(USER):$(PASSWORD)@queue',
    'https://{{.user}}:{{.password}}@wiki',
    'arn:aws:iam::123456789012:role/authorworks-gateway',
    'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    '-----BEGIN CERTIFICATE-----',
    '',
  ])('nothing in %s', (text) => expect(credentialIn(text)).toBeUndefined());

  test('a long text is searched in time that grows with its length only', () => {
    const start = performance.now();
    credentialIn(`a://${'x:'.repeat(50_000)}`);
    credentialLines(`${'password'.repeat(10_000)}\n${' '.repeat(100_000)}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('names of credentials', () => {
  test.each(['DB_PASSWORD', 'dbPassword', 'jwt-secret', 'CLIENT_SECRET_VALUE', 'api.key', 'APIKEY', 'accessToken', 'DATABASE_DSN'])(
    '%s',
    (name) => expect(namesCredential(name)).toBe(true),
  );
  test.each([
    'DB_PASSWORD_FILE',
    'SECRET_NAME',
    'TOKEN_TTL',
    'MAX_TOKENS_PER_MINUTE',
    'KEYCLOAK_URL',
    'existingSecret',
    'tokenizer',
    'KEY',
  ])('not %s', (name) => expect(namesCredential(name)).toBe(false));
  test.each([
    '',
    'true',
    '15m',
    '3600',
    '/run/secrets/db',
    '$(DB_PASSWORD)',
    `\${X}`,
    '{{ .x }}',
    'https://login.example.com',
    'arn:aws:x',
  ])('%s is no literal value', (value) => expect(isLiteralValue(value)).toBe(false));
});

test('no finding ever shows the value that it is about', () => {
  for (const check of [credentialByName, credentialInText, secretData]) {
    const { findings } = runChecks(readCase(check.id).fail, {}, [check]);
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toMatch(/hunter22|abc123def|AKIA|YQ==|abcdefgh12345678/);
  }
});
