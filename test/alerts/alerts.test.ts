import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AlertGroup, alertGroups, documentInfrastructure, sloAlerts } from '../../charts/alerts';
import { ruleGroup } from '../../charts/alerts/render';
import { runbookOf } from '../../charts/alerts/rule';
import { SLO_LABELS, SLO_SERIES } from '../../charts/alerts/slo';
import { exposed } from '../../charts/metrics';
import { knownSeries, reader } from '../metrics/promql';
import { clusterWith } from '../workload/support';
import { caseOf } from './case-of';
import { cases } from './cases';
import { groups, slo } from './groups';

const known = knownSeries(exposed);
for (const series of SLO_SERIES) known.set(series, new Set(SLO_LABELS));

describe.each(groups)('alerts of $name', (group: AlertGroup) => {
  test.each([...group.alerts, ...(group.recordings ?? []).slice(0, 1)])('$name$record: reads what components expose', async ({ expr }) => {
    expect((await reader())(expr, known)).toEqual([]);
  });

  test.each(group.alerts)('$name has a section in its runbook', (alert) => {
    const [file = '', anchor] = runbookOf(group, alert).split('#');
    const page = join(__dirname, '../..', file);
    expect(existsSync(page), file).toBe(true);
    const headings = [...readFileSync(page, 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    );
    expect(headings).toContain(anchor);
  });

  test('are tested: one case in which each fires, one in which it does not', () => {
    for (const { name, severity } of group.alerts) expect(() => caseOf(name, severity)).not.toThrow();
  });
});

test('a case belongs to an alert', () => {
  const names = groups.flatMap(({ alerts }) => alerts.flatMap(({ name, severity }) => [name, `${name} ${severity}`]));
  expect(Object.keys(cases).filter((name) => !names.includes(name))).toEqual([]);
});

test('names are unique, but for the two severities of an objective', () => {
  const names = groups.flatMap(({ alerts }) => alerts.map(({ name, severity }) => `${name} ${severity}`));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

describe('a cluster', () => {
  const names = (runs: readonly string[]) => alertGroups({ runs, heartbeat: false, more: [] }).map(({ name }) => name);

  test('has alerts of what runs in it', () => {
    expect(names([])).not.toContain('mesh');
    expect(names(['linkerd', 'velero'])).toEqual(expect.arrayContaining(['mesh', 'backups']));
  });

  test('is told of everything with severity, team, summary and where to read on', () => {
    for (const group of groups) {
      for (const rule of ruleGroup(group, clusterWith()).rules ?? []) {
        if (rule.alert === undefined) continue;
        expect(rule.labels).toMatchObject({ severity: expect.stringMatching(/^(critical|warning)$/), team: expect.stringMatching(/./) });
        expect(rule.annotations?.summary).toMatch(/\.$/);
        expect(rule.annotations?.runbook_url).toMatch(
          /^https:\/\/git\.example\/shop\/blob\/develop\/docs\/runbooks\/[a-z]+\.md#[a-z0-9_]+$/,
        );
      }
    }
  });

  test('tells the product of its own namespace, and the platform of all others', () => {
    const { rules = [] } = ruleGroup(
      { name: 'test', alerts: [{ ...documentInfrastructure.alerts[0]!, team: 'namespace' }] },
      clusterWith(),
    );
    expect(rules[0]?.labels?.team).toBe('{{ if eq $labels.namespace "shop" }}product{{ else }}platform{{ end }}');
  });
});

describe('the alerts of the document', () => {
  const given = groups.flatMap(({ alerts }) => alerts).filter(({ name }) => /^[a-z]/.test(name));

  test('keep their names, thresholds, times and severities', () => {
    expect(given.map(({ name, expr, for: time, severity }) => [name, expr.split(' ').at(-1), time, severity])).toEqual([
      ['kubernetes_node_disk_pressure', '1', '5m', 'critical'],
      ['eks_cluster_cpu_high', '0.8', '10m', 'warning'],
      ['high_error_rate', '0.05', '5m', 'critical'],
      ['api_response_time_high', '0.5', '10m', 'warning'],
      ['neo4j_query_slow', '2000', '5m', 'warning'],
      ['database_replication_lag', '5', '2m', 'critical'],
    ]);
  });
});

describe('an objective', () => {
  const of = (availability: number) => sloAlerts({ name: 'web', namespace: 'shop', controller: 'deployment', slo: { availability } });

  test('has a series for every window that its alerts read, and no other', () => {
    const group = sloAlerts({ name: 'web', namespace: 'shop', controller: 'deployment', slo });
    const read = group.alerts.flatMap(({ expr }) => [...expr.matchAll(/slo:error_ratio:rate\w+/g)].map(([name]) => name));
    expect(new Set(read)).toEqual(new Set(group.recordings?.map(({ record }) => record)));
  });

  test('calls somebody sooner the less it leaves', () => {
    const limit = (availability: number) => Number(/> ([\d.]+)/.exec(of(availability).alerts[0]?.expr ?? '')?.[1]);
    expect(limit(99.9)).toBeCloseTo(0.01344);
    expect(limit(99)).toBeCloseTo(0.1344);
  });

  test.each([100, 101, 0.999, Number.NaN])('of %s percent is refused', (availability) => {
    expect(() => of(availability)).toThrow(/web\.slo\.availability: .*expected percent of the requests, from 50 to below 100/);
  });
});
