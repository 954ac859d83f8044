import { expect, test } from 'vitest';
import { environments } from '../../overlays/environments';
import { aCronJob, aService } from './fixtures';
import { render } from './support';

const budget = (more: Parameters<typeof aService>[0] = {}, cluster = {}) =>
  render(aService(more), { cluster }).one('PodDisruptionBudget').spec;

test('a drain may always take a pod: the budget counts what may be missing', () => {
  expect(budget().maxUnavailable).toBe(1);
  expect(budget()).not.toHaveProperty('minAvailable');
});

test('the workload decides, otherwise the environment', () => {
  expect(budget({ maxUnavailable: 2 }).maxUnavailable).toBe(2);
  expect(budget({ maxUnavailable: '25%' }).maxUnavailable).toBe('25%');
  expect(budget({}, { environment: { ...environments.production, maxUnavailable: '10%' } }).maxUnavailable).toBe('10%');
});

test('pods that are not ready block no drain', () => {
  expect(budget().unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
});

test('it selects the pods of the workload', () => {
  const rendered = render(aService());
  expect(rendered.one('PodDisruptionBudget').spec.selector).toEqual(rendered.one('Deployment').spec.selector);
});

test('runs of a cron job may be interrupted', () => {
  expect(render(aCronJob()).of('PodDisruptionBudget')).toEqual([]);
});
