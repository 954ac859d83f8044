import { expect, test } from 'vitest';
import { PRIORITY_CLASSES, PriorityClassesChart } from '../../charts/priority-classes/chart';
import { clusterWith } from '../workload/support';
import { rendered } from './support';

const objects = rendered((app) => new PriorityClassesChart(app, 'priority-classes', clusterWith()));

test('every class that workloads may name is rendered', () => {
  expect(objects.of('PriorityClass').map(({ metadata }) => metadata.name)).toEqual(Object.values(PRIORITY_CLASSES));
});

test('batch pods give way to what names no class, interactive ones do not, and the system stays above all', () => {
  const value = (name: string) => objects.one('PriorityClass', name).value;
  expect(value('batch')).toBeLessThan(0);
  expect(value('interactive')).toBeGreaterThan(0);
  expect(value('interactive')).toBeLessThanOrEqual(1_000_000_000);
});

test('batch pods displace nothing', () => {
  expect(objects.one('PriorityClass', 'batch').preemptionPolicy).toBe('Never');
});

test('none is the default: what names no class keeps priority 0', () => {
  for (const { globalDefault } of objects.of('PriorityClass')) expect(globalDefault ?? false).toBe(false);
});
