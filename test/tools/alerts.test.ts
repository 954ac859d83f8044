import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEARTBEAT } from '../../charts/alerts/heartbeat';
import { ruleGroup } from '../../charts/alerts/render';
import type { AlertGroup } from '../../charts/alerts/rule';
import { caseOf } from '../alerts/case-of';
import type { Case } from '../alerts/cases';
import { groups } from '../alerts/groups';
import { clusterWith } from '../workload/support';
import { tool } from './tool';

// Rules as Prometheus reads them, and what they make of series: each alert once so that it fires, once so that it does not.

let program: string;
const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
const rulesOf = ({ name }: AlertGroup) => join(folder, `${name}.rules.yaml`);
beforeAll(() => {
  program = tool('promtool');
  for (const group of groups) writeFileSync(rulesOf(group), dump({ groups: [ruleGroup(group, clusterWith())] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

/** Whether an alert of one name and severity fires at a time, as promtool is asked for it. */
function unitTest(name: string, severity: string, { series, at }: Case, fires: boolean): object {
  const expr = `count(ALERTS{alertname="${name}", severity="${severity}", alertstate="firing"}) > bool 0`;
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [{ expr, eval_time: at, exp_samples: fires ? [{ labels: '{}', value: 1 }] : [] }],
  };
}

/** Runs tests of each group with its own rules. */
function tested(testsOf: (group: AlertGroup) => readonly object[]) {
  const files = groups.map((group) => {
    const file = join(folder, `${group.name}.test.yaml`);
    writeFileSync(file, dump({ rule_files: [rulesOf(group)], evaluation_interval: '1m', tests: testsOf(group) }));
    return file;
  });
  return run('test', 'rules', ...files);
}

test('promtool finds nothing to say of the rules', () => {
  const { status, said } = run('check', 'rules', '--lint=all', '--lint-fatal', ...groups.map(rulesOf));
  expect(said).toMatch(/rules found/);
  expect(status, said).toBe(0);
});

test('every alert fires in the case in which it should', () => {
  const { status, said } = tested(({ alerts }) =>
    alerts.map(({ name, severity }) => unitTest(name, severity, caseOf(name, severity).fires, true)),
  );
  expect(status, said).toBe(0);
});

test('every alert is silent in the case in which it should be', () => {
  const { status, said } = tested(({ alerts }) =>
    alerts
      .filter(({ name }) => name !== HEARTBEAT)
      .map(({ name, severity }) => unitTest(name, severity, caseOf(name, severity).silent, false)),
  );
  expect(status, said).toBe(0);
});

test('a case that does not fire is noticed', () => {
  const { status, said } = tested(({ name }) =>
    name === 'workloads' ? [unitTest('JobFailed', 'warning', caseOf('JobFailed', 'warning').silent, true)] : [],
  );
  expect(status).not.toBe(0);
  expect(said).toContain('alertname=\\"JobFailed\\"');
});
