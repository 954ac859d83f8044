import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clusters } from '../../../fleet/clusters';
import type { ClusterDefinition } from '../../../fleet/definition';
import { digestOf } from '../../../fleet/helm/archive';
import { chartRenderOf } from '../../../fleet/helm/chart-render';
import { CHART_LOCK } from '../../../fleet/helm/lock';
import { chartText } from '../../../fleet/helm/reference';
import { renderCharts } from '../../../fleet/helm/render-charts';
import { writeArchive, writeChartLock, writeWhole } from '../../../fleet/helm/store';
import { clusterUnits } from '../../../fleet/render';
import { readData, synth } from '../../../fleet/synth';
import { chart, fakeHelm, folder, templates } from './support';

// A cluster of the fleet whose charts are rendered here. The charts of others cannot be had in a test: small ones with their names stand in.

const dev = clusters.find(({ name }) => name === 'authorworks/dev')!;
const rendered: ClusterDefinition = { ...dev, props: { ...dev.props, delivery: 'rendered' } };

let root: string;
beforeEach(() => {
  root = folder();
  cpSync(resolve(__dirname, '../../../overlays/authorworks/dev'), join(root, 'overlays/authorworks/dev'), { recursive: true });
});

const chartUnits = () =>
  clusterUnits(rendered, readData(root, rendered)).units.flatMap(({ unit }) =>
    chartRenderOf(unit, '1.28', []) === undefined ? [] : [unit],
  );

/** Fills store and lock as charts:pull would. The first unit's chart has one object of each sort. */
function pulled(): void {
  const few = { 'templates/account.yaml': templates['templates/account.yaml'].replace('}}', '}}-of-chart') };
  const digests = chartUnits().map((unit, index) => {
    const { chart: reference } = chartRenderOf(unit, '1.28', [])!;
    const archive = chart(reference.name, reference.version, index === 0 ? { ...templates, ...few } : few);
    writeArchive(root, archive);
    return [chartText(reference), digestOf(archive)] as const;
  });
  writeChartLock(root, { digests: new Map(digests) });
}

async function chartsRendered() {
  pulled();
  const { cluster, units } = clusterUnits(rendered, readData(root, rendered));
  const charts = [{ name: cluster.name, kubernetes: cluster.kubernetes, units: units.map(({ unit }) => unit) }];
  return renderCharts({ root, clusters: charts, helm: () => fakeHelm(), print: () => {}, pauses: { all: 0, clock: 0 } });
}

function run(definition = rendered) {
  const said: string[] = [];
  return { code: synth({ root, cwd: root, clusters: [definition], print: (text) => said.push(text) }), text: said.join('\n') };
}

const dist = (path: string) => join(root, 'dist/authorworks/dev', path);
const read = (path: string) => parse(readFileSync(dist(path), 'utf8'));

test('objects of charts stand in dist, and Argo CD reads them there', async () => {
  expect(await chartsRendered()).toBe(0);
  const { code, text } = run();
  expect(text).toMatch(/dist: \d+ added/);
  expect(code).toBe(0);
  const [first, ...others] = chartUnits();
  expect(readdirSync(dist(first!.name))).toEqual([
    `clusterrole-${first!.name}-reader.yaml`,
    `configmap-${first!.name}-before.yaml`,
    `configmap-${first!.name}-settings.yaml`,
    'customresourcedefinition-greetings.example.com.yaml',
    'greeting-first.yaml',
    'greeting-second.yaml',
    `serviceaccount-${first!.name}-of-chart.yaml`,
  ]);
  expect(read(`${first!.name}/greeting-first.yaml`).metadata.namespace).toBe(first!.namespace);
  expect(read(`${first!.name}/customresourcedefinition-greetings.example.com.yaml`).metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  });
  for (const { name } of [first!, ...others]) {
    const { source } = read(`platform/application-${name}.yaml`).spec;
    expect(source).toMatchObject({ path: `dist/authorworks/dev/${name}` });
    expect(source).not.toHaveProperty('chart');
  }
  expect(run().text).toMatch(/0 added, 0 changed, 0 removed/);
});

test('the project of the platform allows the kinds that charts brought', async () => {
  await chartsRendered();
  run();
  const { clusterResourceWhitelist, sourceRepos } = read('platform/appproject-platform.yaml').spec;
  expect(clusterResourceWhitelist).toContainEqual({ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' });
  const charts = chartUnits().flatMap(({ source }) => (source.kind === 'chart' ? [source.repoURL] : []));
  expect(sourceRepos.filter((repository: string) => charts.includes(repository))).toEqual([]);
});

test('without renders nothing is written, and every unit’s error names the command', () => {
  pulled();
  const { code, text } = run();
  expect(code).toBe(1);
  for (const { name } of chartUnits())
    expect(text).toMatch(new RegExp(`delivery is 'rendered', but unit "${name}": .*npm run charts:render`));
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

test('on another Kubernetes the charts are to be rendered anew', async () => {
  await chartsRendered();
  const { code, text } = run({ ...rendered, props: { ...rendered.props, kubernetes: '1.34' } });
  expect(code).toBe(1);
  expect(text).toContain('npm run charts:render');
});

test('where Argo CD renders charts, store, lock and cache are not looked at', () => {
  writeWhole(join(root, CHART_LOCK), 'helm: nonsense');
  expect(run().text).toMatch(/charts\.lock\.yaml: helm: Expected a version/);
  expect(run(dev).code).toBe(0);
});
