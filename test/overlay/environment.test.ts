import { describe, expect, test } from 'vitest';
import { checkEnvironment, type EnvironmentPolicy } from '../../charts/environment';
import { environmentNames } from '../../charts/overlay/value';
import { environments } from '../../overlays/environments';

// Past the types on purpose: synth compiles without checking them.
const broken = (fields: object) => () => checkEnvironment({ ...environments.staging, ...fields } as EnvironmentPolicy);

describe('the policy of an environment', () => {
  test.each(environmentNames)('%s has no field that is not known', (name) => {
    expect(() => checkEnvironment(environments[name])).not.toThrow();
  });

  test('is refused for a field that is misspelt, at any depth, with all of them told at once', () => {
    const { retentionDays, sync } = environments.staging;
    expect(broken({ highAvailabilty: true, retentionDays: { ...retentionDays, traces: 7 }, sync: { ...sync, purge: true } })).toThrow(
      /^overlays\/environments\.ts: staging\.sync\.purge: no such field; there are platform, .*\n.*staging\.retentionDays\.traces: .*\n.*staging\.highAvailabilty: no such field; there are name, branch, /,
    );
  });
});
