import { beforeAll, describe, expect, test } from 'vitest';
import { crds, type Unit } from '../../charts/gitops';
import { renderedCharts } from '../../fleet/helm/cache';
import { findHelm, type Helm } from '../../fleet/helm/program';
import { pullCharts } from '../../fleet/helm/pull';
import { renderCharts } from '../../fleet/helm/render-charts';
import { withRenderedCharts } from '../../fleet/helm/rendered-unit';
import { customKinds } from '../../imports';
import { describe as nameOf } from '../../synth/object';
import { chart, folder, greeter, greeterUnit, randomSecret, repository, templates } from '../fleet/helm/support';
import { tool } from './tool';

// The real helm on a small chart, since the fast tests have a program in its place.

let helm: Helm;
beforeAll(() => {
  helm = findHelm('/nowhere', process.env.HELM ?? tool('helm'));
});

/** What only helm itself knows. */
const real = {
  ...templates,
  'templates/facts.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-facts
data:
  namespace: {{ .Release.Namespace }}
  kubernetes: {{ .Capabilities.KubeVersion.Version | quote }}
  monitors: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1/PodMonitor" | quote }}
  certificates: {{ .Capabilities.APIVersions.Has "cert-manager.io/v1" | quote }}
  greeting: {{ .Values.greeting | upper }}
  farewell: {{ .Values.farewell }}
  large: {{ .Values.large | int64 | quote }}
  found: {{ lookup "v1" "Secret" .Release.Namespace "login" | toJson | quote }}
`,
  'values.yaml': 'greeting: hello\nfarewell: bye\n',
  'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\n',
  'charts/sub/templates/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-sub\n',
};

async function rendered(archive: Uint8Array, unit: (address: string) => Unit = greeterUnit) {
  const [root, { address }] = [folder(), await repository(archive)];
  const said: string[] = [];
  const print = (text: string) => said.push(text);
  expect(await pullCharts({ root, charts: [greeter(address)], print })).toBe(0);
  const definitions: Unit = {
    ...greeterUnit(address, { name: 'definitions', provides: [crds('monitoring.coreos.com')] }),
    source: { kind: 'rendered' },
  };
  const units = [unit(address), definitions];
  const code = await renderCharts({
    root,
    clusters: [{ name: 'shop/dev', kubernetes: '1.28', units }],
    helm: () => helm,
    print,
    pauses: { all: 1100, clock: 1100 },
  });
  const objects = () => {
    const given = units.map((each) => ({ unit: each, objects: [] }));
    return withRenderedCharts({ name: 'shop/dev', kubernetes: '1.28' }, given, renderedCharts(root), customKinds)[0]!.objects;
  };
  return { code, text: said.join('\n'), objects };
}

describe('a chart that helm renders', () => {
  test('has all objects but tests, also of charts inside it and of documents that share a file', async () => {
    const { code, text, objects } = await rendered(chart('greeter', '1.2.3', real));
    expect(text).toContain('1 rendered');
    expect(code).toBe(0);
    expect(
      objects()
        .map(({ object }) => nameOf(object))
        .sort(),
    ).toEqual([
      'ClusterRole greeter-reader',
      'ConfigMap greetings/greeter-before',
      'ConfigMap greetings/greeter-facts',
      'ConfigMap greetings/greeter-settings',
      'ConfigMap greetings/greeter-sub',
      'CustomResourceDefinition greetings.example.com',
      'Greeting greetings/first',
      'Greeting greetings/second',
      'ServiceAccount greetings/greeter',
    ]);
    expect(objects().map(({ source }) => source)).toContain('greeter: greeter/charts/sub/templates/x.yaml');
    expect(text).toContain('ConfigMap greeter-before is a hook (pre-install, pre-upgrade)');
    expect(text).toContain('Pod greeter-test is a hook (test): left out');
  });

  test('is told values, namespace, Kubernetes and custom kinds, and sees no cluster', async () => {
    const unit = (address: string) => greeterUnit(address, {}, { valuesObject: { greeting: 'good day', large: 12345678 } });
    const { objects } = await rendered(chart('greeter', '1.2.3', real), unit);
    expect(objects().find(({ object }) => object.metadata.name === 'greeter-facts')!.object.data).toEqual({
      namespace: 'greetings',
      kubernetes: 'v1.28.0',
      monitors: 'true',
      certificates: 'false',
      greeting: 'GOOD DAY',
      farewell: 'bye',
      large: '12345678',
      found: '{}',
    });
  });

  test('comes without its definitions where another unit brings them', async () => {
    const { objects } = await rendered(chart('greeter', '1.2.3', templates), (address) => greeterUnit(address, {}, { skipCrds: true }));
    expect(objects().some(({ object }) => object.kind === 'CustomResourceDefinition')).toBe(false);
    expect(objects().length).toBeGreaterThan(0);
  });
});

test.each([
  ['a password', randomSecret, /Secret greeter-login \(greeter\/templates\/secret\.yaml\): stringData\["admin\.password"\]/],
  [
    'a certificate',
    {
      'templates/ca.yaml':
        '{{ $ca := genCA "greeter" 365 }}apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ca\ndata:\n  ca: {{ $ca.Cert | b64enc }}\n  same: x\n',
    },
    /ConfigMap ca \(greeter\/templates\/ca\.yaml\): data\.ca\n/,
  ],
  [
    'the time',
    { 'templates/t.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: t\ndata:\n  t: {{ now | unixEpoch | quote }}\n' },
    /ConfigMap t .*: data\.t\n/,
  ],
])('%s that a chart makes is refused', async (_, files, message) => {
  const { code, text } = await rendered(chart('greeter', '1.2.3', { ...templates, ...files }));
  expect(code).toBe(1);
  expect(text).toMatch(message);
});

test('what helm has against a chart is told', async () => {
  const { code, text } = await rendered(chart('greeter', '1.2.3', { 'templates/x.yaml': '{{ required "say a colour" .Values.colour }}' }));
  expect(code).toBe(1);
  expect(text).toContain('say a colour');
});
