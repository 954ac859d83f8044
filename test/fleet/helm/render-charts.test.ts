import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crds, type Unit } from '../../../charts/gitops';
import { renderedCharts } from '../../../fleet/helm/cache';
import { findHelm, type Helm } from '../../../fleet/helm/program';
import { pullCharts } from '../../../fleet/helm/pull';
import { renderCharts } from '../../../fleet/helm/render-charts';
import { withRenderedCharts } from '../../../fleet/helm/rendered-unit';
import { readChartLock, STORE, writeChartLock } from '../../../fleet/helm/store';
import { customKinds } from '../../../imports';
import { chart, fakeHelm, folder, greeter, greeterUnit, randomSecret, repository, templates } from './support';

/** A project's folder whose store has a chart. */
async function project(archive = chart()) {
  const [root, { address }] = [folder(), await repository(archive)];
  await pullCharts({ root, charts: [greeter(address)], print: () => {} });
  return { root, address };
}

interface Run {
  readonly helm?: Helm;
  readonly kubernetes?: string;
  readonly acceptHelm?: boolean;
  /** @default - none */
  readonly pauses?: { readonly all: number; readonly clock: number };
}

async function render(
  root: string,
  units: readonly Unit[],
  { helm = fakeHelm(), kubernetes = '1.28', acceptHelm = false, pauses = { all: 0, clock: 0 } }: Run = {},
) {
  const said: string[] = [];
  const clusters = [{ name: 'shop/dev', kubernetes, units }];
  const code = await renderCharts({ root, clusters, helm: () => helm, print: (text) => said.push(text), acceptHelm, pauses });
  return { code, text: said.join('\n') };
}

/** Units as synth would take them. */
function read(root: string, units: readonly Unit[], kubernetes = '1.28') {
  const given = units.map((unit) => ({ unit, objects: [] }));
  return withRenderedCharts({ name: 'shop/dev', kubernetes }, given, renderedCharts(root), customKinds);
}

/** Renders that are in the cache. */
function cached(root: string): readonly string[] {
  try {
    return readdirSync(join(root, STORE, 'rendered'));
  } catch {
    return [];
  }
}

describe('a chart', () => {
  test('is rendered twice, kept, and read by synth; a second run does nothing', async () => {
    const { root, address } = await project();
    const unit = greeterUnit(address);
    const helm = fakeHelm();
    expect(await render(root, [unit], { helm })).toMatchObject({
      code: 0,
      text: expect.stringMatching(/helm v3\.19\.5: 1 rendered, 0 already there/),
    });
    expect(helm.calls()).toHaveLength(2);
    expect(readChartLock(root).helm).toBe('v3.19.5');
    const [rendered] = read(root, [unit]);
    const settings = rendered!.objects.find(({ object }) => object.metadata.name === 'greeter-settings')!;
    expect(settings.object.data).toEqual({ greeting: 'good day' });
    expect(settings.source).toBe('greeter: greeter/templates/settings.yaml');
    expect((await render(root, [unit], { helm })).text).toMatch(/0 rendered, 1 already there/);
    expect(helm.calls()).toHaveLength(2);
  });

  test('is told release, namespace, Kubernetes, and the custom kinds that the cluster has', async () => {
    const { root, address } = await project();
    const helm = fakeHelm();
    const definitions = {
      ...greeterUnit(address, { name: 'definitions', provides: [crds('monitoring.coreos.com')] }),
      source: { kind: 'rendered' } as const,
    };
    await render(root, [greeterUnit(address, {}, { releaseName: 'hello', skipCrds: true }), definitions], { helm, kubernetes: '1.34' });
    const [call = []] = helm.calls();
    expect(call.slice(0, 2)).toEqual(['template', 'hello']);
    const text = call.join(' ');
    expect(text).toContain('--namespace greetings --kube-version 1.34.0 --values ');
    expect(text).not.toContain('--include-crds');
    expect(text).toMatch(/--api-versions monitoring\.coreos\.com\/v1 .*--api-versions monitoring\.coreos\.com\/v1\/PodMonitor( |$)/);
    expect(text).not.toContain('cert-manager.io');
  });

  test.each<[string, (address: string) => Unit, string]>([
    ['values', (address) => greeterUnit(address, {}, { valuesObject: { greeting: 'good night' } }), '1.28'],
    ['Kubernetes', greeterUnit, '1.34'],
    ['the release’s name', (address) => greeterUnit(address, {}, { releaseName: 'hello' }), '1.28'],
    ['the namespace', (address) => greeterUnit(address, { namespace: 'others' }), '1.28'],
    ['definitions left out', (address) => greeterUnit(address, {}, { skipCrds: true }), '1.28'],
  ])('with another choice of %s is another render', async (_, changed, kubernetes) => {
    const { root, address } = await project();
    await render(root, [greeterUnit(address)]);
    expect(() => read(root, [changed(address)], kubernetes)).toThrow(
      /"greeter": .*greeter 1\.2\.3 is not rendered yet with these values.*npm run charts:render/,
    );
    await render(root, [changed(address)], { kubernetes });
    expect(read(root, [changed(address)], kubernetes)[0]!.objects.length).toBeGreaterThan(0);
  });

  test('whose archive is another one is another render', async () => {
    const { root, address } = await project();
    await render(root, [greeterUnit(address)]);
    const { helm, digests } = readChartLock(root);
    writeChartLock(root, { helm, digests: new Map([...digests.keys()].map((text) => [text, `sha256:${'0'.repeat(64)}`])) });
    expect(() => read(root, [greeterUnit(address)])).toThrow(/is not rendered yet/);
  });

  test('whose values only stand in another order is the same render', async () => {
    const { root, address } = await project();
    await render(root, [greeterUnit(address, {}, { valuesObject: { a: 1, b: { c: 2, d: 3 } } })]);
    expect(read(root, [greeterUnit(address, {}, { valuesObject: { b: { d: 3, c: 2 }, a: 1 } })])[0]!.objects.length).toBeGreaterThan(0);
  });

  test('that is patched differently is the same render', async () => {
    const { root, address } = await project();
    await render(root, [greeterUnit(address)]);
    const patches = [{ kind: 'ServiceAccount', merge: { automountServiceAccountToken: false } }];
    const account = read(root, [greeterUnit(address, {}, { patches })])[0]!.objects.find(({ object }) => object.kind === 'ServiceAccount');
    expect(account!.object.automountServiceAccountToken).toBe(false);
  });

  test('that generates random data is refused with object and field, and without the data', async () => {
    const { root, address } = await project(chart('greeter', '1.2.3', { ...templates, ...randomSecret }));
    const { code, text } = await render(root, [greeterUnit(address)]);
    expect(code).toBe(1);
    expect(text).toContain('Secret greeter-login (greeter/templates/secret.yaml): stringData["admin.password"]\n');
    expect(text).not.toMatch(/0\.\d{5}/);
    expect(cached(root)).toEqual([]);
    expect(readChartLock(root).helm).toBeUndefined();
  });

  test.each([
    ['the time', '{{ now }}', { all: 0, clock: 1100 }],
    ['seconds, by no word that gives it away', '{{ seconds }}', { all: 1100, clock: 0 }],
  ])('that shows %s is refused: the clock moves on between the renders', async (_, action, pauses) => {
    const clock = { 'templates/x.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  labels: { made: "${action}" }\n` };
    const { root, address } = await project(chart('greeter', '1.2.3', clock));
    const { text } = await render(root, [greeterUnit(address)], { pauses });
    expect(text).toContain('ConfigMap x (greeter/templates/x.yaml): metadata.labels.made');
    expect(text.includes("A minute's pause")).toBe(pauses.clock > 0);
  });

  test('whose objects have random names is refused', async () => {
    const named = { 'templates/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x-{{ randAlphaNum 5 }}\n' };
    const { root, address } = await project(chart('greeter', '1.2.3', named));
    expect((await render(root, [greeterUnit(address)])).text).toMatch(
      /ConfigMap x-\S+ \(greeter\/templates\/x\.yaml\): only one of two renders/,
    );
  });

  test('that fails says what helm said; another one is rendered all the same', async () => {
    const broken = await project(chart('greeter', '1.2.3', { 'templates/x.yaml': '{{ fail }}' }));
    const unit = greeterUnit(broken.address, {}, { valuesObject: { a: 1 } });
    const right = await repository(chart());
    await pullCharts({ root: broken.root, charts: [greeter(right.address)], print: () => {} });
    const { code, text } = await render(broken.root, [unit, greeterUnit(right.address, { name: 'other' })]);
    expect(code).toBe(1);
    expect(text).toMatch(
      /shop\/dev: greeter \(http.*greeter 1\.2\.3\): helm ended with 1: Error: greeter\/templates\/x\.yaml: the chart says no/,
    );
    expect(cached(broken.root)).toHaveLength(1);
  });

  test('that renders something else than objects is refused with the template', async () => {
    const { root, address } = await project(chart('greeter', '1.2.3', { 'templates/x.yaml': 'hello: world\n' }));
    expect((await render(root, [greeterUnit(address)])).text).toMatch(
      /greeter\/templates\/x\.yaml: it renders something that is no Kubernetes object/,
    );
  });

  test('that asks the cluster or the clock, or has hooks or kinds that nobody stated, is kept with a note', async () => {
    const asking = {
      ...templates,
      'templates/_helpers.tpl':
        '{{- define "a" }}{{ $s := lookup "v1" "Secret" .Release.Namespace "login" }}{{ now | date "2006" }}{{ end }}',
      'templates/_none.tpl': '{{/* lookup now */}} lookup now {{ .Values.lookup }}{{ "lookup now" }}',
    };
    const { root, address } = await project(chart('greeter', '1.2.3', asking));
    const unit = greeterUnit(address, { clusterKinds: [{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }] });
    const { code, text } = await render(root, [unit]);
    expect(code).toBe(0);
    expect(text).toContain('ConfigMap greeter-before is a hook (pre-install, pre-upgrade): Argo CD runs it as its own');
    expect(text).toContain('Pod greeter-test is a hook (test): left out');
    expect(text).toMatch(/\(lookup\).* in greeter\/templates\/_helpers\.tpl\n/);
    expect(text).toMatch(/\(now\).* in greeter\/templates\/_helpers\.tpl\n/);
    expect(text).toMatch(/does not state.*: CustomResourceDefinition of apiextensions\.k8s\.io\n/);
  });
});

describe('what is missing', () => {
  test('is named with the command: archive, lock, render', async () => {
    const { root, address } = await project();
    const unit = greeterUnit(address);
    const stranger = greeterUnit(address, { name: 'stranger' }, { version: '2.0.0' });
    expect((await render(root, [stranger])).text).toMatch(
      /stranger \(.*greeter 2\.0\.0\): charts\/catalogue\/charts\.lock\.yaml has no such chart.*npm run charts:pull/,
    );
    expect(() => read(root, [unit])).toThrow(/has no version of helm\. Run: npm run charts:pull && npm run charts:render/);
    await render(root, [unit]);
    expect(() => read(root, [unit, stranger])).toThrow(/has no http.*greeter 2\.0\.0\. Run: npm run charts:pull/);
    for (const file of readdirSync(join(root, STORE, 'archives'))) writeFileSync(join(root, STORE, 'archives', file), 'x');
    expect((await render(root, [greeterUnit(address, { namespace: 'new' })])).text).toMatch(
      /its archive is not in the store\. Run: npm run charts:pull/,
    );
  });

  test('is not asked for where every cluster leaves its charts to Argo CD', async () => {
    const helm = () => {
      throw new Error('helm was looked for');
    };
    expect(await renderCharts({ root: folder(), clusters: [], helm, print: () => {} })).toBe(0);
  });

  test('helm: the error says how to get one', () => {
    expect(() => findHelm('/nowhere', '/nowhere/helm')).toThrow(/helm cannot be started \(.*ENOENT\)\. Install helm .* docs\/charts\.md/);
  });

  test('a damaged render is named', async () => {
    const { root, address } = await project();
    await render(root, [greeterUnit(address)]);
    const file = join(root, STORE, 'rendered', cached(root)[0]!);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    expect(() => read(root, [greeterUnit(address)])).toThrow(/\.json: damaged\. Remove it, and run: npm run charts:render/);
  });
});

describe('another helm than the lock has', () => {
  test('is refused, unless somebody says so', async () => {
    const { root, address } = await project();
    const unit = greeterUnit(address);
    await render(root, [unit]);
    const newer = fakeHelm('v4.1.4');
    await expect(render(root, [unit], { helm: newer })).rejects.toThrow(
      /helm is v4\.1\.4, but .*charts\.lock\.yaml has v3\.19\.5.*--accept-helm/,
    );
    expect((await render(root, [unit], { helm: newer, acceptHelm: true })).text).toMatch(/1 rendered/);
    expect(readChartLock(root).helm).toBe('v4.1.4');
    expect(read(root, [unit])[0]!.objects.length).toBeGreaterThan(0);
  });
});
