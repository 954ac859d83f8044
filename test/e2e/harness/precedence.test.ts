import { expect, test } from 'vitest';
import { documentsOf } from './documents';
import type { Plan, Stage } from './plan';
import { tooEarly } from './precedence';

// Small plans: a root whose Applications have waves, and what they carry.

interface App {
  readonly wave: number;
  readonly crds?: readonly string[];
  readonly chart?: string;
  readonly objects?: readonly object[];
}

const documents = (objects: readonly object[]) => objects.flatMap((object) => documentsOf('test.yaml', JSON.stringify(object)));
const planned = (apps: Readonly<Record<string, App>>): Plan => {
  const sorted = Object.entries(apps).sort(([, a], [, b]) => a.wave - b.wave);
  const application = (name: string, wave: number) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } },
  });
  const stages = sorted.flatMap(([name, { wave, crds = [], chart, objects = [] }]): readonly Stage[] => [
    { application: 'root', namespace: 'argocd', wave, crds: [], documents: documents([application(name, wave)]) },
    { application: name, namespace: 'default', wave: 0, crds, documents: documents(objects), ...(chart === undefined ? {} : { chart }) },
  ]);
  // The root's objects of one wave are applied together, before what its Applications carry.
  const waves = [...new Set(sorted.map(([, { wave }]) => wave))];
  const ordered = waves.flatMap((wave) => [
    {
      application: 'root',
      namespace: 'argocd',
      wave,
      crds: [],
      documents: stages.flatMap((stage) => (stage.application === 'root' && stage.wave === wave ? stage.documents : [])),
    },
    ...stages.filter(({ application: name }) => name !== 'root' && apps[name]?.wave === wave),
  ]);
  return { cluster: '', problems: [], stages: ordered };
};
const judged = (apps: Readonly<Record<string, App>>) => tooEarly(planned(apps), (component) => [`${component}/Widget`]);

const object = (apiVersion: string, kind: string, name: string, more: object = {}, namespace?: string, labels?: object) => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(labels === undefined ? {} : { labels }) },
  ...more,
});
const widget = object('shop.io/v1', 'Widget', 'w');
const deployment = (name: string, namespace: string) =>
  object(
    'apps/v1',
    'Deployment',
    name,
    { spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name }] } } } },
    namespace,
  );
const meshed = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', annotations: { 'linkerd.io/inject': 'enabled' } } };
const webhook = (more: object = {}) =>
  object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'judge', {
    webhooks: [
      {
        name: 'judge.shop.io',
        clientConfig: { service: { name: 'judge', namespace: 'system' } },
        rules: [{ apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'networkpolicies'], operations: ['CREATE'] }],
        ...more,
      },
    ],
  });
const program = [object('v1', 'Service', 'judge', { spec: { selector: { app: 'judge' } } }, 'system'), deployment('judge', 'system')];
const ingress = object('networking.k8s.io/v1', 'Ingress', 'web', { spec: {} }, 'shop');

test('definitions stand a wave before their objects', () => {
  const crds = { wave: 0, crds: ['shop.io'] };
  expect(judged({ crds, users: { wave: 1, objects: [widget] } })).toEqual([]);
  expect(judged({ crds, users: { wave: 0, objects: [widget] } })).toEqual(['Widget w of users comes before the definition of its kind']);
});

test('a namespace stands before what is in it', () => {
  const inside = { objects: [deployment('web', 'shop')] };
  expect(
    judged({ home: { wave: 0, objects: [meshed] }, mesh: { wave: 1, chart: 'linkerd-control-plane' }, web: { wave: 2, ...inside } }),
  ).toEqual([]);
  expect(judged({ web: { wave: 0, ...inside }, home: { wave: 1, objects: [{ ...meshed, metadata: { name: 'shop' } }] } })).toEqual([
    'Deployment shop/web of web comes before Namespace shop',
  ]);
});

test('the injector stands a wave before meshed pods', () => {
  const apps = (wave: number) => ({
    home: { wave: 0, objects: [meshed] },
    mesh: { wave: 1, chart: 'linkerd-control-plane' },
    web: { wave, objects: [deployment('web', 'shop')] },
  });
  expect(judged(apps(2))).toEqual([]);
  expect(judged(apps(1))).toEqual(['Deployment shop/web of web comes before chart linkerd-control-plane, whose webhook gives it a proxy']);
});

test('the program of a chart stands a wave before objects of its kinds', () => {
  const bundle = object('trust.cert-manager.io/v1alpha1', 'Bundle', 'roots', { spec: {} });
  const apps = (wave: number) => ({ manager: { wave: 1, chart: 'trust-manager' }, user: { wave, objects: [bundle] } });
  expect(judged(apps(2))).toEqual([]);
  expect(judged(apps(1))).toEqual(['Bundle roots of user comes before the program of chart trust-manager']);
});

test('a webhook that must answer has its program a wave before what it judges', () => {
  const apps = (wave: number, more: object = {}, behind: readonly object[] = program) => ({
    judge: { wave: 1, objects: [...behind, webhook(more)] },
    web: { wave, objects: [ingress] },
  });
  const early = 'Ingress shop/web of web comes before the program behind webhook judge.shop.io';
  expect(judged(apps(2))).toEqual([]);
  // Side by side: whether it answers yet is left to chance.
  expect(judged(apps(1))).toEqual([early]);
  expect(judged(apps(2, {}, []))).toEqual([early]);
  expect(judged(apps(1, { failurePolicy: 'Ignore' }))).toEqual([]);
  expect(judged(apps(1, { objectSelector: { matchLabels: { judged: 'yes' } } }))).toEqual([]);
  expect(judged(apps(1, { namespaceSelector: { matchLabels: { judged: 'yes' } } }))).toEqual([]);
  expect(judged(apps(0))).toEqual([]);
});

test('what is named stands first: the issuer of a certificate, a class, a store', () => {
  const certificate = object(
    'cert-manager.io/v1',
    'Certificate',
    'web',
    { spec: { issuerRef: { kind: 'ClusterIssuer', name: 'own' } } },
    'shop',
  );
  const issuer = object('cert-manager.io/v1', 'ClusterIssuer', 'own');
  expect(judged({ issuers: { wave: 0, objects: [issuer] }, web: { wave: 1, objects: [certificate] } })).toEqual([]);
  const early = ['Certificate shop/web of web comes before ClusterIssuer own'];
  expect(judged({ web: { wave: 0, objects: [certificate] }, issuers: { wave: 1, objects: [issuer] } })).toEqual(early);
  // Another may bring it: what is nowhere is for the checks to find.
  expect(judged({ web: { wave: 0, objects: [certificate] } })).toEqual([]);
});

test('a priority stands before pods that name it, in the order of Argo CD also within a wave', () => {
  const important = object('scheduling.k8s.io/v1', 'PriorityClass', 'important');
  const pods = { template: { spec: { priorityClassName: 'important', containers: [{ name: 'web' }] } } };
  const web = object('apps/v1', 'Deployment', 'web', { spec: pods }, 'shop');
  expect(judged({ both: { wave: 0, objects: [important, web] } })).toEqual([]);
  expect(judged({ both: { wave: 0, objects: [web, important] } })).toEqual([
    'Deployment shop/web of both comes before PriorityClass important',
  ]);
});
