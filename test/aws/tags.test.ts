import { describe, expect, it } from 'vitest';
import { isFloating, isTag, semanticVersion, serviceEnvironmentVersionCommit, type TagContext } from '../../charts/aws/tags';

describe('isFloating', () => {
  it.each([
    'latest',
    'main',
    'master',
    'develop',
    'dev',
    'staging',
    'stable',
    'edge',
    'nightly',
    'v1',
    '1',
    '1.2',
    'v1.2',
    'aeon-dt-api-dev-latest',
    '1.2.3-latest',
  ])('holds for %s', (tag) => expect(isFloating(tag)).toBe(true));

  it.each([
    '1.4.2',
    'v1.4.2',
    'v1.5.0-rc.1',
    'a1b2c3d',
    'main-a1b2c3d4',
    'aeon-dt-api-prod-3.0.0-a1b2c3d4',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
  ])('does not hold for %s', (tag) => expect(isFloating(tag)).toBe(false));
});

describe('isTag', () => {
  it.each(['v1.4.2', '_x', 'A', '1', 'a'.repeat(128)])('holds for %s', (tag) => expect(isTag(tag)).toBe(true));
  it.each(['', '.a', '-a', 'a b', 'a:b', 'a/b', 'a+b', 'a@sha256', 'a'.repeat(129), 'a\n'])('does not hold for %j', (tag) =>
    expect(isTag(tag)).toBe(false),
  );
});

const matches = (rule: typeof semanticVersion, context: TagContext, tag: string) => rule(context).pattern.test(tag);

describe('semanticVersion', () => {
  it('takes versions with and without v', () => {
    const context = { service: 'gateway', environment: 'production' } as const;
    expect(['v1.4.2', '1.4.2', '0.0.1', '10.20.30'].filter((tag) => !matches(semanticVersion, context, tag))).toEqual([]);
    expect(
      ['1.4', '01.4.2', '1.4.2-', '1.4.2-beta', 'x1.4.2', '1.4.2\n', '1.4.2.3'].filter((tag) => matches(semanticVersion, context, tag)),
    ).toEqual([]);
  });

  it('takes release candidates everywhere but in production', () => {
    const takes = (environment: TagContext['environment']) => matches(semanticVersion, { service: 'gateway', environment }, 'v1.5.0-rc.1');
    expect({ dev: takes('dev'), staging: takes('staging'), production: takes('production') }).toEqual({
      dev: true,
      staging: true,
      production: false,
    });
  });
});

describe('serviceEnvironmentVersionCommit', () => {
  const rule = serviceEnvironmentVersionCommit;

  it('is the convention with dev, staging and prod', () => {
    expect(matches(rule, { service: 'aeon-dt-api', environment: 'production' }, 'aeon-dt-api-prod-3.0.0-a1b2c3d4')).toBe(true);
    expect(matches(rule, { service: 'aeon-dt-api', environment: 'staging' }, 'aeon-dt-api-staging-3.0.0-a1b2c3d4')).toBe(true);
    expect(matches(rule, { service: 'aeon-dt-worker', environment: 'dev' }, 'aeon-dt-worker-dev-3.0.0-a1b2c3d')).toBe(true);
  });

  it.each([
    'aeon-dt-api-production-3.0.0-a1b2c3d4',
    'aeon-dt-api-staging-3.0.0-a1b2c3d4',
    'aeon-dt-worker-prod-3.0.0-a1b2c3d4',
    'aeon-dt-api-prod-3.0.0-rc1',
    'aeon-dt-api-prod-3.0.0',
    '3.0.0-a1b2c3d4',
  ])('refuses %s for aeon-dt-api in production', (tag) =>
    expect(matches(rule, { service: 'aeon-dt-api', environment: 'production' }, tag)).toBe(false),
  );

  it.each([semanticVersion, rule])('gives an example that has its form', (each) => {
    for (const environment of ['dev', 'staging', 'production'] as const) {
      const { pattern, example } = each({ service: 'some.service', environment });
      expect(example).toMatch(pattern);
      expect(isFloating(example)).toBe(false);
    }
  });
});
