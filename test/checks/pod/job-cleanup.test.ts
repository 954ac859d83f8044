import { expect, test } from 'vitest';
import { jobCleanup } from '../../../checks/pod/job-cleanup';
import { runChecks } from '../../../checks/run';
import type { SourcedObject } from '../../../synth/object';

const job = (annotations: Record<string, string>): SourcedObject => ({
  object: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate', namespace: 'web', annotations },
    spec: { ttlSecondsAfterFinished: 60, template: { spec: { containers: [{ name: 'a' }] } } },
  },
  source: 'test',
  application: 'gateway',
});

test('a Job of an Application must be a hook, even with a TTL', () => {
  const { findings } = runChecks([job({})], {}, [jobCleanup]);
  expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('no hook of Application gateway')]);
});

test('a hook must have no TTL', () => {
  const { findings } = runChecks([job({ 'argocd.argoproj.io/hook': 'Sync' })], {}, [jobCleanup]);
  expect(findings.map(({ field }) => field)).toEqual(['spec.ttlSecondsAfterFinished']);
});
