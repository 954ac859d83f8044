import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planOf } from './plan';

describe('following a bootstrap file', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'fleet-manifests-plan-'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  let clusters = 0;
  const plan = (files: Readonly<Record<string, string>>) => {
    clusters += 1;
    const cluster = `dist/test/${clusters}`;
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, cluster, name)), { recursive: true });
      writeFileSync(join(root, cluster, name), text.replaceAll('$CLUSTER', cluster));
    }
    const { problems, stages } = planOf(root, cluster);
    return {
      problems: problems.map((problem) => problem.replaceAll(cluster, '$CLUSTER')),
      stages: stages.map(
        ({ application, wave, documents, crds }) =>
          `${application} ${wave}: ${[...documents.map(({ object }) => object.metadata.name), ...crds].join(' ')}`,
      ),
    };
  };

  test('walks each Application to its end before the next wave of its parent', () => {
    const { problems, stages } = plan({
      'bootstrap.yaml': application('root', 'root'),
      'root/a.yaml': application('late', 'late', 1),
      'root/b.yaml': application('early', 'early', -1),
      'early/x.yaml': configMap('second', 1),
      'early/y.yaml': configMap('first'),
      'late/z.yaml': configMap('third'),
    });
    expect(problems).toEqual([]);
    expect(stages).toEqual([
      'bootstrap.yaml 0: root',
      'root -1: early',
      'early 0: first',
      'early 1: second',
      'root 1: late',
      'late 0: third',
    ]);
  });

  test('finds Applications without manifests, and files without Application', () => {
    mkdirSync(join(root, `dist/test/${clusters + 1}/empty`), { recursive: true });
    const { problems } = plan({
      'bootstrap.yaml': `${application('gone', 'gone')}---\n${application('none', 'empty')}---\n${application('flat', 'flat')}`,
      'flat/a.yaml': configMap('a'),
      'flat/deeper/b.yaml': configMap('b'),
      'lost/c.yaml': configMap('c'),
    });
    expect(problems).toEqual([
      'Application gone: $CLUSTER/gone does not exist',
      'Application none: $CLUSTER/empty holds no manifests',
      '$CLUSTER/flat/deeper/b.yaml is reached by no Application',
      '$CLUSTER/lost/c.yaml is reached by no Application',
    ]);
  });

  test('of a kustomization takes what it names, and nothing else of the folder', () => {
    const kustomization = (url: string) =>
      `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata:\n  name: crds\nresources:\n  - ${url}\n`;
    const release = 'https://github.com/cert-manager/cert-manager/releases/download/v1.16.5/cert-manager.crds.yaml';
    const files = { 'bootstrap.yaml': application('crds', 'crds'), 'crds/kustomization.yaml': kustomization(release) };
    const { problems, stages } = plan({ ...files, 'crds/more.yaml': configMap('more') });
    expect(problems).toEqual(['$CLUSTER/crds/kustomization.yaml leaves $CLUSTER/crds/more.yaml out']);
    expect(stages).toEqual(['bootstrap.yaml 0: crds', 'crds 0: cert-manager']);
    expect(() => plan({ ...files, 'crds/kustomization.yaml': kustomization('https://example.org/x.yaml') })).toThrow(
      /https:\/\/example\.org\/x\.yaml.*crds\.ts/,
    );
  });

  test('does not guess what an upstream source brings', () => {
    const unknown = application('chart', 'x').replace(/path: .*/, 'chart: something');
    expect(() => plan({ 'bootstrap.yaml': unknown })).toThrow(/"chart":"something".*crds\.ts/);
  });
});

function application(name: string, folder: string, wave = 0): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  annotations:
    argocd.argoproj.io/sync-wave: "${wave}"
spec:
  destination:
    namespace: default
  source:
    path: $CLUSTER/${folder}
`;
}

function configMap(name: string, wave = 0): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  annotations:\n    argocd.argoproj.io/sync-wave: "${wave}"\n`;
}
