import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { locator } from '../../checks/locate';
import { parseText, positionOf, sourceOf } from '../../checks/parse';
import { readFolder } from '../../checks/read';
import { configMap, folder } from './folder';

describe('parseText', () => {
  const names = (text: string) =>
    parseText('a.yaml', text).objects.map(({ object, source }) => `${source} ${object.kind} ${object.metadata.name}`);

  test('names the document of several as source', () => {
    expect(names(configMap('one'))).toEqual(['a.yaml ConfigMap one']);
    expect(names(`${configMap('one')}---\n---\n${configMap('two')}`)).toEqual(['a.yaml#1 ConfigMap one', 'a.yaml#3 ConfigMap two']);
  });

  test('takes lists apart, also typed ones whose items have no kind', () => {
    expect(names('{ apiVersion: v1, kind: List, items: [{ apiVersion: v1, kind: Secret, metadata: { name: s } }] }')).toEqual([
      'a.yaml#items[0] Secret s',
    ]);
    expect(
      names(`a: 1\n---\n{ apiVersion: v1, kind: ConfigMapList, items: [{ metadata: { name: a } }, { metadata: { name: b } }] }`),
    ).toEqual(['a.yaml#2.items[0] ConfigMap a', 'a.yaml#2.items[1] ConfigMap b']);
  });

  test('reads JSON', () => {
    expect(names('{\n\t"apiVersion": "v1",\n\t"kind": "ConfigMap",\n\t"metadata": {"name": "one"}\n}')).toEqual(['a.yaml ConfigMap one']);
  });

  test('skips and counts what is no object', () => {
    const values = 'image: { tag: x }';
    const kustomization = '{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, metadata: { name: x } }';
    const kubeconfig = '{ apiVersion: v1, kind: Config, users: [] }';
    const kind = '{ apiVersion: kind.x-k8s.io/v1alpha4, kind: Cluster }';
    expect(parseText('a.yaml', [values, kustomization, kubeconfig, kind, '- a list', 'text'].join('\n---\n'))).toEqual({
      objects: [],
      problems: [],
      skipped: 6,
    });
  });

  test('keeps a kustomization that an Application brings', () => {
    const text = '{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, metadata: { name: x } }';
    expect(parseText('crds/kustomization.yaml', text, 'crds').objects.map(({ object }) => object.kind)).toEqual(['Kustomization']);
  });

  test('keeps an object of Kubernetes that has no name, so that a check can report it', () => {
    expect(names('{ apiVersion: v1, kind: ConfigMap }')).toEqual(['a.yaml ConfigMap ']);
  });

  test.each([
    ['a duplicate key', 'data:\n  a: hunter2\n  a: hunter2\n', 'line 14, column 3', 'already in this mapping'],
    ['bad indentation', 'data:\n  a: hunter2\n b: hunter2\n', 'line 14, column 1', ''],
    ['an open quote', 'data:\n  a: "hunter2\n', 'line 14, column 1', 'missing'],
    ['a tab', 'data:\n\ta: hunter2\n', 'line 13, column 1', 'tab'],
    ['an alias without anchor', 'data:\n  a: *hunter2\n', 'line 13, column 6', 'alias'],
  ])('%s is an error with its place, shows no value and hides no other document', (_, text, place, message) => {
    const { objects, problems } = parseText('a.yaml', `${configMap('one')}---\n${configMap('two', text)}`);
    expect(objects.map(({ object }) => object.metadata.name)).toEqual(['one']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ check: 'unparsable-yaml', severity: 'error', source: 'a.yaml' });
    expect(problems[0]?.message).toContain(message);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(problems[0]?.object).toBe(place);
  });
});

describe('readFolder', () => {
  const cluster = {
    'bootstrap.yaml': configMap('boot'),
    'gateway/config.yaml': configMap('gateway'),
    'gateway/deep/more.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"more"}}',
  };
  const under = (prefix: string, files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${prefix}/${path}`, text]));

  test('makes each folder with a bootstrap.yaml a cluster, and its sub-folders Applications', () => {
    const dir = folder({
      ...under('dist/shop/dev', cluster),
      ...under('dist/shop/production', cluster),
      'dist/stray.yml': configMap('stray'),
    });
    const { sets, files } = readFolder(join(dir, 'dist'));
    expect(files).toBe(7);
    expect(
      sets.map(({ name, objects }) => ({ name, objects: objects.map(({ object, application }) => [object.metadata.name, application]) })),
    ).toEqual([
      {
        name: 'shop/dev',
        objects: [
          ['boot', undefined],
          ['gateway', 'gateway'],
          ['more', 'gateway'],
        ],
      },
      {
        name: 'shop/production',
        objects: [
          ['boot', undefined],
          ['gateway', 'gateway'],
          ['more', 'gateway'],
        ],
      },
      { name: '', objects: [['stray', undefined]] },
    ]);
  });

  test('takes any other folder for one set', () => {
    const { sets } = readFolder(
      folder({
        'a/one.yaml': configMap('one'),
        'b/two.yaml': configMap('two'),
        'notes.txt': 'x',
        '.git/x.yaml': configMap('hidden'),
        'node_modules/x.yaml': configMap('vendored'),
      }),
    );
    expect(sets).toMatchObject([
      { name: '', objects: [{ object: { metadata: { name: 'one' } } }, { object: { metadata: { name: 'two' } } }] },
    ]);
  });

  test('reads linked files, and does not follow linked folders', () => {
    const dir = folder({ 'a/one.yaml': configMap('one') });
    symlinkSync(join(dir, 'a/one.yaml'), join(dir, 'linked.yaml'));
    symlinkSync(dir, join(dir, 'a/loop'));
    symlinkSync(join(dir, 'gone.yaml'), join(dir, 'dangling.yaml'));
    expect(readFolder(dir).files).toBe(2);
  });
});

describe('the place of a finding', () => {
  const text = `# comment\n${configMap('one')}---\nkind: List\napiVersion: v1\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata:\n      name: p\n      labels:\n        app.kubernetes.io/name: x\n        app: y\n    spec:\n      containers:\n        - name: a\n        - name: b\n          ports: [{ containerPort: 1 }]\n`;
  const locate = locator((file) => (file === 'a.yaml' ? text : undefined));
  const lineOf = (source: string, field?: string) => {
    const place = locate({
      check: 'x',
      severity: 'error',
      source,
      object: 'Pod p',
      message: '',
      why: '',
      mend: '',
      ...(field === undefined ? {} : { field }),
    });
    return place === undefined ? undefined : text.split('\n')[place.line - 1]?.slice(place.column - 1);
  };

  test.each([
    ['a.yaml#1', undefined, 'apiVersion: v1'],
    ['a.yaml#1', 'metadata.name', 'name: one'],
    ['a.yaml#1', 'metadata.labels', 'metadata:'],
    ['a.yaml#2.items[0]', 'spec.containers[1].ports', 'ports: [{ containerPort: 1 }]'],
    ['a.yaml#2.items[0]', 'spec.containers[1].ports[0].containerPort', 'containerPort: 1 }]'],
    ['a.yaml#2.items[0]', 'spec.containers[7].name', 'containers:'],
    ['a.yaml#2.items[0]', "metadata.labels['app.kubernetes.io/name']", 'app.kubernetes.io/name: x'],
    ['a.yaml#2.items[0]', 'metadata.labels.app.kubernetes.io/name', 'app.kubernetes.io/name: x'],
    ['a.yaml#2.items[0]', 'metadata.labels.app', 'app: y'],
    ['shop/chart/deployment', 'spec', undefined],
  ])('%s %s is at "%s"', (source, field, expected) => {
    expect(lineOf(source, field)).toBe(expected);
  });

  test('a source can be taken apart again', () => {
    for (const position of [
      { file: 'a#1.yaml', document: 0 },
      { file: 'a.yaml', document: 2, item: 4 },
    ])
      expect(positionOf(sourceOf(position, 3))).toEqual(position);
    expect(positionOf(sourceOf({ file: 'a.yaml', document: 0, item: 4 }, 1))).toEqual({ file: 'a.yaml', document: 0, item: 4 });
  });
});
