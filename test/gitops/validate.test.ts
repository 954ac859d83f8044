import { expect, test } from 'vitest';
import type { Unit } from '../../charts/gitops';
import { validateUnits } from '../../charts/gitops/validate';
import { namespaces, object, unit, workload } from './support';

const chart = { kind: 'chart', repoURL: 'https://charts.example.com', chart: 'c', version: '1.0.0' } as const;

test.each<[string, Unit[], string]>([
  ['a name of a root', [unit('workloads')], 'belongs to a root'],
  ['the name bootstrap', [unit('bootstrap')], 'belongs to a root'],
  ['a name that is no DNS label', [unit('My_App')], 'lower-case'],
  ['a name of 64 letters', [unit('a'.repeat(64))], '1 to 63'],
  ['a name twice', [unit('a'), unit('a')], '"a" is there 2 times'],
  ['the project default', [unit('a', { project: 'default' })], 'its project is "default"'],
  ['a stage on a workload', [workload('a', { stage: 'data' })], 'no order among themselves'],
  [
    'an upstream source with objects',
    [unit('a', { source: chart, objects: [object('v1', 'ConfigMap', 'a', 'a')] })],
    'a unit of their own',
  ],
  ['a rendered unit without objects', [unit('a', { objects: [] })], 'its folder would not exist'],
  ['a destination that no object uses', [workload('a', { namespace: 'other' })], 'namespace other, but its objects use shop'],
  ['Namespaces in two units', [namespaces, unit('more', { objects: [object('v1', 'Namespace', 'b')] })], '"namespaces" and "more"'],
])('%s is refused', (_, units, message) => {
  expect(() => validateUnits(units)).toThrow(message);
});

test('all problems are told at once', () => {
  expect(() => validateUnits([unit('platform'), unit('b', { objects: [] })])).toThrow(/"platform"[\s\S]*"b"/);
});

test('ordinary units pass', () => {
  expect(() => validateUnits([namespaces, unit('chart', { source: chart }), workload('web')])).not.toThrow();
});
