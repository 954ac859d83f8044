import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeWaves, crds, namespace, secretStore, service } from '../../charts/gitops';
import { stages, type Unit } from '../../charts/gitops/unit';
import { namespaces, object, render, unit, workload } from './support';

const chart = { kind: 'chart', repoURL: 'https://charts.example.com', chart: 'c', version: '1.0.0' } as const;
const waves = (units: readonly Unit[]) => Object.fromEntries(computeWaves(units));

describe('waves of the platform tier', () => {
  test('a unit comes after what it needs, however far', () => {
    const units = [
      unit('c', { needs: [service('b')] }),
      unit('b', { needs: [service('a')], provides: [service('b')] }),
      unit('a', { provides: [service('a')] }),
    ];
    expect(waves(units)).toEqual({ a: 0, b: 1, c: 2 });
  });

  test('the longest path counts, not the first found', () => {
    const units = [
      unit('last', { needs: [service('a'), service('b')] }),
      unit('a', { provides: [service('a')] }),
      unit('b', { needs: [service('a')], provides: [service('b')] }),
    ];
    expect(waves(units).last).toBe(2);
  });

  test('stages keep the order of a first install, given in any order and without any needs', () => {
    const units = [...stages].reverse().map((stage) => unit(stage, { stage }));
    const result = computeWaves(units);
    expect([...stages].sort((a, b) => (result.get(a) ?? 0) - (result.get(b) ?? 0))).toEqual(stages);
    expect(new Set(result.values()).size).toBe(stages.length);
  });

  test('units of one stage share a wave, or follow their needs within it', () => {
    const units = [
      unit('crd', { stage: 'crds' }),
      unit('issuer', { stage: 'cert-manager', needs: [service('cert-manager')] }),
      unit('cert-manager', { stage: 'cert-manager', provides: [service('cert-manager')] }),
      unit('trust', { stage: 'cert-manager' }),
      unit('mesh', { stage: 'mesh' }),
    ];
    expect(waves(units)).toEqual({ crd: 0, 'cert-manager': 1, trust: 1, issuer: 2, mesh: 3 });
  });

  test('every unit that provides a capability is waited for', () => {
    const units = [
      unit('rule', { needs: [crds('argoproj.io')] }),
      unit('one', { provides: [crds('argoproj.io')] }),
      unit('two', { provides: [crds('argoproj.io')], needs: [service('x')] }),
      unit('x', { provides: [service('x')] }),
    ];
    expect(waves(units).rule).toBe(2);
  });

  test('the order in which units are given does not matter', () => {
    const units = [
      ...stages.map((stage) => unit(stage, { stage, provides: [service(stage)] })),
      unit('dns', { needs: [service('ingress')] }),
      unit('free'),
    ];
    const expected = waves(units);
    const shuffled = fc.shuffledSubarray(units, { minLength: units.length });
    fc.assert(
      fc.property(shuffled, (order) => {
        expect(waves(order)).toEqual(expected);
      }),
    );
  });

  test('whatever the needs and stages, a provider comes in an earlier wave', () => {
    // Each unit needs some of those before it, and stages grow along the list, so that there is no cycle.
    const drawn = fc.array(fc.tuple(fc.nat({ max: stages.length - 1 }), fc.boolean(), fc.array(fc.nat(), { maxLength: 3 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(drawn, (rows) => {
        const sorted = rows.toSorted(([a], [b]) => a - b);
        const units = sorted.map(([stage, staged, needs], index) =>
          unit(`u${index}`, {
            ...(staged ? { stage: stages[stage] } : {}),
            provides: [service(`u${index}`)],
            needs: index === 0 ? [] : needs.map((need) => service(`u${need % index}`)),
          }),
        );
        const result = computeWaves(units);
        for (const { name, needs } of units) for (const need of needs) expect(result.get(need.name)).toBeLessThan(result.get(name) ?? -1);
      }),
    );
  });
});

describe('needs that rendered objects show', () => {
  const secret = object('external-secrets.io/v1', 'ExternalSecret', 'db', 'shop', {
    spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' } },
  });
  const operator = unit('operator', { source: chart, namespace: 'shop', provides: [crds('external-secrets.io')] });
  const stores = unit('stores', { objects: [object('external-secrets.io/v1', 'ClusterSecretStore', 'aws')] });
  const app = unit('app', { namespace: 'shop', objects: [secret] });

  test('namespace, definitions and secret store are waited for without being declared', () => {
    expect(waves([app, stores, operator, namespaces])).toEqual({ namespaces: 0, operator: 1, stores: 2, app: 3 });
  });

  test.each([
    ['operator', 'crds external-secrets.io'],
    ['stores', 'secret-store aws'],
    ['namespaces', 'namespace shop'],
  ])('without %s, the message names %s', (left, need) => {
    const units = [app, stores, operator, namespaces].filter(({ name }) => name !== left);
    expect(() => computeWaves(units)).toThrow(`"app" needs ${need}, which no unit provides`);
  });

  test('a rendered definition provides its group, and its schema needs nothing', () => {
    const schema = { group: 'example.com', names: { kind: 'Widget' }, default: { priorityClassName: 'high' } };
    const definition = unit('definition', {
      objects: [object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', undefined, { spec: schema })],
    });
    const widget = unit('widget', { objects: [object('example.com/v1', 'Widget', 'w')] });
    expect(waves([widget, definition])).toEqual({ definition: 0, widget: 1 });
  });

  test('every destination is needed, of an upstream chart and of cluster-scoped objects too', () => {
    for (const destined of [operator, unit('classes', { namespace: 'shop' })])
      expect(() => computeWaves([destined])).toThrow(`"${destined.name}" needs namespace shop`);
  });

  test('except by definitions, which come before namespaces', () => {
    expect(waves([{ ...operator, stage: 'crds' }, namespaces])).toEqual({ operator: 0, namespaces: 1 });
  });

  test('a unit may bring what it needs itself', () => {
    const own = [object('v1', 'Namespace', 'own'), object('apps/v1', 'Deployment', 'own', 'own')];
    expect(waves([unit('own', { namespace: 'own', objects: own })])).toEqual({ own: 0 });
  });

  test('a priority class, a storage class and an issuer annotation are needs', () => {
    const pod = object('apps/v1', 'StatefulSet', 'db', 'kube-system', {
      spec: { template: { spec: { priorityClassName: 'high' } }, volumeClaimTemplates: [{ spec: { storageClassName: 'gp3' } }] },
    });
    const ingress = { ...object('networking.k8s.io/v1', 'Ingress', 'db', 'kube-system', { spec: { ingressClassName: 'nginx' } }) };
    const annotated = { ...ingress, metadata: { ...ingress.metadata, annotations: { 'cert-manager.io/cluster-issuer': 'public' } } };
    for (const need of ['priority-class high', 'storage-class gp3', 'ingress-class nginx', 'issuer public'])
      expect(() => computeWaves([unit('db', { objects: [pod, annotated] })])).toThrow(need);
  });

  test('what the cluster has anyway is no missing provider', () => {
    const app = unit('app', { needs: [namespace('given'), namespace('argocd'), secretStore('aws')] });
    expect(computeWaves([app], [namespace('given'), secretStore('aws')]).get('app')).toBe(0);
  });
});

describe('needs that cannot be met', () => {
  test('a cycle prints its route, and only that', () => {
    const units = [
      unit('start', { needs: [service('a')] }),
      unit('a', { needs: [service('b')], provides: [service('a')] }),
      unit('b', { needs: [service('a')], provides: [service('b')] }),
    ];
    expect(() => computeWaves(units)).toThrow(
      'wait for each other: "a" needs service b, which "b" provides; "b" needs service a, which "a" provides. Remove',
    );
  });

  test('a need of a later stage is a cycle that names both stages', () => {
    const units = [
      unit('mesh', { stage: 'mesh', needs: [service('grafana')] }),
      unit('grafana', { stage: 'observability', provides: [service('grafana')] }),
    ];
    expect(() => computeWaves(units)).toThrow(
      '"mesh" needs service grafana, which "grafana" provides; "grafana" comes after "mesh", since stage observability follows stage mesh',
    );
  });

  test('the platform cannot wait for a workload', () => {
    const units = [namespaces, unit('dashboards', { needs: [service('web')] }), workload('web', { provides: [service('web')] })];
    expect(() => computeWaves(units)).toThrow(
      '"dashboards" of the platform tier needs service web, which "web" of the workloads tier provides',
    );
  });

  test('all missing providers are named at once', () => {
    const run = () => computeWaves([unit('a', { needs: [service('x')] }), unit('b', { needs: [service('y')] })]);
    expect(run).toThrow(/"a" needs service x[\s\S]*"b" needs service y/);
  });
});

test('workloads are one wave, although they need the platform and each other', () => {
  const units = [namespaces, workload('api', { provides: [service('api')] }), workload('web', { needs: [service('api')] })];
  const { workloads } = render(units);
  expect(workloads.map((application) => application.metadata.annotations['argocd.argoproj.io/sync-wave'])).toEqual(['0', '0']);
});
