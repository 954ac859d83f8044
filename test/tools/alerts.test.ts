import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEARTBEAT } from '../../charts/alerts/heartbeat';
import { ruleGroup } from '../../charts/alerts/render';
import { caseOf } from '../alerts/case-of';
import type { cases } from '../alerts/cases';
import { groups } from '../alerts/groups';
import { clusterWith } from '../workload/support';
import { tool } from './tool';

// Rules as Prometheus reads them, and what they make of series: each alert once so that it fires, once so that it does not.

let program: string;
const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
const rules = join(folder, 'rules.yaml');
beforeAll(() => {
  program = tool('promtool');
  writeFileSync(rules, dump({ groups: groups.map((group) => ruleGroup(group, clusterWith())) }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) => spawnSync(program, args, { encoding: 'utf8' });

/** The firing alerts of one name and severity at a time, as promtool is asked for them. */
function unitTest(name: string, severity: string, { series, at }: (typeof cases)[string]['fires'], fires: boolean): object {
  const expr = `count(ALERTS{alertname="${name}", severity="${severity}", alertstate="firing"}) > bool 0`;
  return {
    name: `${name} ${fires ? 'fires' : 'is silent'}`,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [{ expr, eval_time: at, exp_samples: fires ? [{ labels: '{}', value: 1 }] : [] }],
  };
}

function tested(tests: readonly object[]) {
  const file = join(folder, 'test.yaml');
  writeFileSync(file, dump({ rule_files: [rules], evaluation_interval: '1m', tests }));
  return run('test', 'rules', file);
}

test('promtool finds nothing to say of the rules', () => {
  const { status, stdout, stderr } = run('check', 'rules', '--lint=all', '--lint-fatal', rules);
  expect(stdout + stderr).toMatch(/rules found/);
  expect(status, stdout + stderr).toBe(0);
});

const alerts = groups.flatMap((group) => group.alerts);

test('every alert fires in the case in which it should', () => {
  const { status, stdout, stderr } = tested(
    alerts.map(({ name, severity }) => unitTest(name, severity, caseOf(name, severity).fires, true)),
  );
  expect(status, stdout + stderr).toBe(0);
});

test('every alert is silent in the case in which it should be', () => {
  const others = alerts.filter(({ name }) => name !== HEARTBEAT);
  const { status, stdout, stderr } = tested(
    others.map(({ name, severity }) => unitTest(name, severity, caseOf(name, severity).silent, false)),
  );
  expect(status, stdout + stderr).toBe(0);
});

test('a case that does not fire is noticed', () => {
  const { stdout, stderr, status } = tested([unitTest('JobFailed', 'warning', caseOf('JobFailed', 'warning').silent, true)]);
  expect(status).not.toBe(0);
  expect(stdout + stderr).toContain('JobFailed fires');
});
