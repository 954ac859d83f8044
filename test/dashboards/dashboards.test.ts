import { beforeAll, describe, expect, test } from 'vitest';
import { dashboardsOf, jsonText } from '../../charts/dashboards';
import { type Exposes, exposed } from '../../charts/metrics';
import { knownSeries, type Reader, reader } from '../metrics/promql';
import { allOf, panelsOf, subjectOf } from './cluster';

const subject = subjectOf('authorworks/production');
const dashboards = allOf(subject);
const all = dashboards.map((dashboard) => ({ uid: dashboard.uid, dashboard }));

/** What the product's own programs count, beside what components expose. */
const counted: Exposes = {
  target: 'authorworks',
  source: 'apps/authorworks',
  metrics: Object.fromEntries(
    subject.workloads
      .flatMap(({ props }) => props.metrics?.business?.metrics ?? [])
      .map(({ name, type, by }) => [name, { type, ...(by === undefined ? {} : { labels: [by] }) }]),
  ),
};
const known = knownSeries([...exposed, counted]);

/** With the time that Grafana puts in. */
const filled = (expr: string): string => expr.replaceAll('$__rate_interval', '5m');

let read: Reader;
beforeAll(async () => {
  read = await reader();
});

describe('the dashboards of authorworks', () => {
  test('are those that the specification asks for, one for each workload, and those of components', () => {
    const titles = dashboardsOf(subject).map((folder) => [folder.title, folder.dashboards.map(({ title }) => title)]);
    expect(titles).toEqual([
      ['Overview', ['Service health', 'Database', 'API gateway', 'Business', 'System resources']],
      ['Workloads', subject.workloads.map(({ name }) => name)],
      ['Components', ['Certificates', 'Ingress', 'Mesh']],
    ]);
  });

  test('have addresses of their own, which are short enough', () => {
    const uids = dashboards.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    for (const uid of uids) expect(uid).toMatch(/^[a-z0-9-]{1,40}$/);
  });

  test('lead to each other, and to logs and traces, by addresses that there are', () => {
    const uids = dashboards.map(({ uid }) => uid);
    for (const { json } of dashboards) {
      for (const { url = '' } of json.links ?? []) {
        const [, uid] = /^\/d\/(.*)$/.exec(url) ?? [];
        if (uid !== undefined) expect(uids).toContain(uid);
        else expect(url).toMatch(/^\/explore\?/);
      }
    }
    const { json } = dashboards.find(({ uid }) => uid === 'workload-authorworks-gateway') ?? dashboards[0]!;
    expect(json.links?.map(({ title }) => title)).toEqual(['Service health', 'Logs', 'Traces']);
    const panes = new URL(json.links?.[1]?.url ?? '', 'http://x').searchParams.get('panes') ?? '';
    expect(JSON.parse(panes).a).toMatchObject({ datasource: 'loki-authorworks', range: { from: '$' + '{__from}' } });
  });

  test('are small together: a cluster has room for them', () => {
    const bytes = dashboards.reduce((total, { json }) => total + jsonText(json).length, 0);
    expect(bytes).toBeLessThan(600_000);
  });
});

describe.each(all)('$uid', ({ dashboard }) => {
  const panels = panelsOf(dashboard);
  const shown = panels.filter(({ type }) => type !== 'row');

  test('fills whole lines of the grid, and no panel lies on another', () => {
    const cells = new Set<string>();
    for (const { gridPos } of panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(cells.has(`${x},${y}`), `${x},${y} is taken twice`).toBe(false);
          cells.add(`${x},${y}`);
        }
      }
    }
    const bottom = Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h));
    expect(cells.size).toBe(24 * bottom);
  });

  test('every panel says what it shows, in which unit, and names its series', () => {
    expect(shown.length).toBeGreaterThan(2);
    for (const { title, description, type, fieldConfig, targets = [] } of shown) {
      expect(title, dashboard.uid).toMatch(/^\S.*\S$/);
      expect(description, title).toMatch(/\S+ \S+.*[.]$/s);
      expect(fieldConfig?.defaults.unit, title).toBeTruthy();
      if (type !== 'timeseries') continue;
      for (const { legendFormat } of targets) expect(legendFormat, title).not.toBe('');
      expect(new Set(targets.map(({ legendFormat }) => legendFormat)).size, title).toBe(targets.length);
    }
  });

  test('panels have ids of their own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  test('legends and rows name labels that the expressions leave', () => {
    for (const { title, type, targets = [] } of shown) {
      if (type !== 'timeseries') continue;
      for (const { expr, legendFormat } of targets) {
        for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
          expect(expr, title).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b`));
      }
    }
  });

  test('asks in PromQL, for metrics and labels that components and workloads say they expose', () => {
    for (const { title, targets = [] } of shown) {
      expect(targets.length, title).toBeGreaterThan(0);
      for (const { expr } of targets) expect(read(filled(expr), known), `${title}: ${expr}`).toEqual([]);
    }
  });
});

test('dashboards are the same each time, whatever the order of an object’s members', () => {
  const text = () => allOf(subject).map(({ json }) => jsonText(json));
  expect(text()).toEqual(text());
  expect(jsonText({ b: 1, a: { d: undefined, c: [] } })).toBe('{ "a": { "c": [] }, "b": 1 }\n');
  expect(JSON.parse(text()[0] ?? '')).toEqual(JSON.parse(JSON.stringify(allOf(subject)[0]?.json)));
});
