import { expect, test } from 'vitest';
import { warningsOf } from './client';
import { documentsOf } from './documents';
import { waves } from './order';

test('documents keep their text, whatever stands in it', () => {
  const text =
    '# header\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  x: |\n    ---\n  x: again\n---\n# nothing\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n';
  const documents = documentsOf('f.yaml', text);
  expect(documents.map(({ source, object }) => `${source} ${object.metadata.name}`)).toEqual(['f.yaml#1 a', 'f.yaml#2 b']);
  expect(documents[0]?.text).toContain('x: again');
  expect(() => documentsOf('f.yaml', 'kind: List\n')).toThrow(/^f\.yaml: found no Kubernetes object/);
});

test('waves are ordered by phase, number, kind, name', () => {
  const document = (kind: string, name: string, annotations = '') =>
    `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  annotations: { ${annotations} }\n`;
  const wave = (number: number) => `argocd.argoproj.io/sync-wave: "${number}"`;
  const texts = [
    document('Deployment', 'late', wave(2)),
    document('Job', 'before', 'argocd.argoproj.io/hook: PreSync'),
    document('Widget', 'z'),
    document('Deployment', 'b'),
    document('Deployment', 'a'),
    document('Namespace', 'z'),
    document('ConfigMap', 'early', wave(-1)),
    document('Job', 'failed', 'argocd.argoproj.io/hook: SyncFail'),
  ];
  const ordered = waves(documentsOf('f.yaml', texts.join('---\n')));
  expect(
    ordered.map(
      ({ phase, number, documents }) =>
        `${phase} ${number}: ${documents.map(({ object }) => `${object.kind} ${object.metadata.name}`).join(', ')}`,
    ),
  ).toEqual([
    'PreSync 0: Job before',
    'Sync -1: ConfigMap early',
    'Sync 0: Namespace z, Deployment a, Deployment b, Widget z',
    'Sync 2: Deployment late',
  ]);
});

test('warnings are read from raw headers, one by one', () => {
  expect(warningsOf(['Warning', '299 - "a, \\"b\\""', 'Content-Type', 'x', 'warning', '299 - "c"'])).toEqual(['a, "b"', 'c']);
});
