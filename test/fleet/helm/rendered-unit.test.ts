import { describe, expect, test } from 'vitest';
import { objectsOf } from '../../../fleet/helm/output';
import { renderedObjects, renderedUnit, unstatedKinds } from '../../../fleet/helm/rendered-unit';
import { describe as nameOf } from '../../../synth/object';
import { greeterUnit, templates } from './support';

/** As helm prints the templates of the small chart. */
const output = Object.entries(templates)
  .map(([path, text]) => `---\n# Source: greeter/${path}\n${text.replaceAll('{{ .Release.Name }}', 'greeter')}`)
  .join('');
const unit = greeterUnit('https://charts.example.com');
const entry = { objects: objectsOf(output) };
const objects = renderedObjects(unit, entry);

describe('objects of a chart in dist', () => {
  test('all are there but tests; hooks keep their annotations, which Argo CD reads', () => {
    expect(objects.map(({ object }) => nameOf(object))).toEqual([
      'ServiceAccount greetings/greeter',
      'ConfigMap greetings/greeter-settings',
      'ClusterRole greeter-reader',
      'Greeting greetings/first',
      'Greeting greetings/second',
      'ConfigMap greetings/greeter-before',
      'CustomResourceDefinition greetings.example.com',
    ]);
    expect(objects[5]!.object.metadata.annotations).toEqual({ 'helm.sh/hook': 'pre-install,pre-upgrade' });
    expect(objects.every(({ application }) => application === 'greeter')).toBe(true);
  });

  test('definitions are never pruned', () => {
    expect(objects[6]!.object.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  });

  test('a namespace that the chart says stays, one on a cluster-scoped object goes', () => {
    const said = objectsOf(
      '---\n# Source: a\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: kube-system }\n' +
        '---\n# Source: b\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: b, namespace: greetings }\n',
    );
    expect(renderedObjects(unit, { objects: said }).map(({ object }) => object.metadata)).toEqual([
      { name: 'a', namespace: 'kube-system' },
      { name: 'b' },
    ]);
  });

  test('are patched, and a patch that selects nothing is refused', () => {
    const patched = renderedObjects(unit, entry, [], [{ kind: 'ConfigMap', name: 'greeter-settings', merge: { data: { more: 'x' } } }]);
    expect(patched[1]!.object.data).toMatchObject({ more: 'x' });
    expect(() => renderedObjects(unit, entry, [], [{ kind: 'ConfigMap', name: 'no', merge: { data: { more: 'x' } } }])).toThrow(
      /selects no object/,
    );
  });

  test('are read as Kubernetes reads YAML', () => {
    const [{ object }] = objectsOf(
      '---\n# Source: a\napiVersion: v1\nkind: X\nmetadata: { name: a }\nspec: { mode: 0644, on: yes, day: 2024-01-01 }\n',
    ) as [ReturnType<typeof objectsOf>[number]];
    expect(object.spec).toEqual({ mode: 420, true: true, day: '2024-01-01' });
  });
});

describe('the unit', () => {
  test('keeps its Application, and takes kinds and namespaces from the objects', () => {
    const stated = {
      ...unit,
      clusterKinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
      namespacedKinds: [],
      extraNamespaces: ['x'],
    };
    const rendered = renderedUnit(stated, objects);
    expect(rendered).toEqual({ ...unit, source: { kind: 'rendered' }, objects: objects.map(({ object }) => object) });
    expect(rendered).not.toHaveProperty('clusterKinds');
  });

  test('states its kinds wrongly, which only a render shows', () => {
    expect(unstatedKinds({ ...unit, namespacedKinds: [{ group: '', kind: 'ConfigMap' }] }, objects)).toEqual([
      'ClusterRole of rbac.authorization.k8s.io',
      'CustomResourceDefinition of apiextensions.k8s.io',
      'Greeting of example.com',
      'ServiceAccount',
    ]);
    // A namespaced object whose kind nobody knows has no namespace yet.
    const unknown = { source: 'x', object: { apiVersion: 'example.org/v1', kind: 'Unknown', metadata: { name: 'x' } } };
    expect(unstatedKinds({ ...unit, namespacedKinds: [{ group: 'example.org', kind: 'Unknown' }] }, [unknown])).toEqual([]);
    expect(unstatedKinds({ ...unit, namespacedKinds: [] }, [unknown])).toEqual(['Unknown of example.org']);
  });
});
