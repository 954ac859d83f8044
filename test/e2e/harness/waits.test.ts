import { expect, test } from 'vitest';
import { documentsOf } from './documents';
import type { Plan, Stage } from './plan';
import { waitAfter } from './waits';

const stage = (application: string, wave = 0, ...children: readonly string[]): Stage => ({
  application,
  wave,
  namespace: 'default',
  crds: [],
  documents: children.flatMap((child) => {
    const [name, number = '0'] = child.split(' ');
    const text = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, annotations: { argocd.argoproj.io/sync-wave: "${number}" } }\n`;
    return documentsOf('test.yaml', text);
  }),
});

test('between waves for the Application, between waves of a root for all, side by side for nobody', () => {
  const stages = [stage('root', 0, 'a 1', 'b 1', 'c 2'), stage('a', 0), stage('a', 1), stage('b', 0), stage('c', 0)];
  const plan: Plan = { cluster: '', problems: [], stages };
  expect(stages.map((each) => waitAfter(plan, each))).toEqual(['all', 'application', 'none', 'all', 'all']);
});

test('for all before another root', () => {
  const stages = [stage('bootstrap', 0, 'one', 'two'), stage('one', 0, 'a'), stage('a', 0), stage('two', 0, 'b'), stage('b', 0)];
  const plan: Plan = { cluster: '', problems: [], stages };
  expect(waitAfter(plan, stages[2] as Stage)).toBe('all');
});
