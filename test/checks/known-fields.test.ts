import { expect, test } from 'vitest';
import { runChecks } from '../../checks/run';
import { knownFields } from '../../checks/workloads/known-fields';

const subject = {
  source: 'web.yaml',
  object: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'a' }, spec: { trafficDistribution: 'PreferClose' } },
};
const findings = (kubernetes?: string) => runChecks([subject], kubernetes === undefined ? {} : { kubernetes }, [knownFields]);

test('a field that the typed API does not have is an error on its own version', () => {
  expect(findings('1.28').findings).toMatchObject([{ severity: 'error', field: 'spec.trafficDistribution' }]);
});

test('on a newer version it may exist there: a warning that says which version is known', () => {
  expect(findings('1.34').findings).toMatchObject([
    { severity: 'warning', message: expect.stringMatching(/of Kubernetes 1\.28.*runs 1\.34$/) },
  ]);
});

test('without the version of the cluster nothing is claimed', () => {
  expect(findings()).toMatchObject({ findings: [], notRun: [{ check: 'known-fields', missing: ['kubernetes'] }] });
});
