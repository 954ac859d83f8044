import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clusters } from '../../fleet/clusters';
import { BROKEN, PRODUCTION } from './broken-inputs';
import { synthIn } from './in-process';
import { copyOfData, copyOfProject, edit, fingerprint, run } from './project';

// Broken inputs, one at a time. Each must stop before anything is written and say where, what and how to mend it.

const DATA = ['aws.yaml', 'releases.yaml'].map((name) => `overlays/authorworks/production/${name}`);

let root: string;
let whole: Readonly<Record<string, string>>;
let kept: readonly string[];

beforeAll(() => {
  root = copyOfData(['authorworks/production']);
  kept = DATA.map((file) => readFileSync(join(root, file), 'utf8'));
});

afterEach(() => {
  DATA.forEach((file, index) => {
    writeFileSync(join(root, file), kept[index] ?? '');
  });
});

it('the copy that is broken below is whole: it renders, and changes nothing', () => {
  whole = fingerprint(root);
  expect(synthIn(root, PRODUCTION).code).toBe(0);
  expect(fingerprint(root)).toEqual(whole);
});

describe('is refused, and nothing is written', () => {
  it.each(BROKEN)('$name', ({ data, fleet = PRODUCTION, says }) => {
    data?.(root);
    const before = fingerprint(root);
    const { code, text } = synthIn(root, fleet);
    expect(code).toBe(1);
    expect(text).toContain('authorworks/production: ');
    for (const part of says) expect(text).toContain(part);
    expect(text).toMatch(/Nothing was written\.$/);
    expect(fingerprint(root)).toEqual(before);
  });

  it('what is wrong in two clusters, told in one run', () => {
    const names = ['authorworks/dev', 'authorworks/staging', 'authorworks/production'];
    const three = clusters.filter(({ name }) => names.includes(name));
    const fleet = three.map((definition) =>
      definition.name === 'authorworks/staging'
        ? definition
        : { ...definition, overlays: [...definition.overlays, { nightly: { schedule: '61 * * * *' } }] },
    );
    const copy = copyOfData(names, { dist: false });
    const { code, text } = synthIn(copy, fleet);
    expect(code).toBe(1);
    expect(text.match(/^authorworks\/(dev|production): authorworks-nightly\/cronjob/gm)).toHaveLength(2);
    expect(text).not.toMatch(/^authorworks\/staging/m);
    expect(existsSync(join(copy, 'dist'))).toBe(false);
  });
});

describe('in the program itself', () => {
  it('a namespace that a chart forgets, and a name that it uses twice, are refused with construct paths, exit code 1, and nothing written', async () => {
    const project = copyOfProject();
    const service = "metadata: { name, namespace: cluster.namespace, labels, annotations },\n      spec: { type: 'ClusterIP'";
    edit(project, 'charts/workload/services.ts', service, service.replace('namespace: cluster.namespace, ', ''));
    edit(project, 'charts/access/chart.ts', 'metadata: { name, namespace', "metadata: { name: 'people', namespace");
    const before = fingerprint(project);
    const { code, text } = await run(project);
    expect(code).toBe(1);
    expect(text).toMatch(/authorworks-gateway\/service.*namespace/);
    expect(text).toMatch(/access\/authorworks-developer .*RoleBinding authorworks\/people .*access\/authorworks-admin /);
    expect(text).toContain('Nothing was written.');
    expect(fingerprint(project)).toEqual(before);
  });

  it('a field that the policy of an environment does not have is refused, in every cluster of it', async () => {
    const project = copyOfProject();
    edit(project, 'overlays/environments.ts', "zoneSpread: 'DoNotSchedule'", "zonesSpread: 'DoNotSchedule'");
    const before = fingerprint(project);
    const { code, text } = await run(project);
    expect(code).toBe(1);
    expect(text).toMatch(
      /^authorworks\/production: overlays\/environments\.ts: production\.zonesSpread: no such field; there are .*zoneSpread,/m,
    );
    expect(text).toContain('Nothing was written.');
    expect(fingerprint(project)).toEqual(before);
  });
});
