import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { remove } from '../../charts/overlay/value';
import { cronJob, Workload } from '../../charts/workload/definition';
import { clusters } from '../../fleet/clusters';
import type { ClusterDefinition } from '../../fleet/definition';
import { synthIn } from './in-process';
import { contents, copyOfData, edit } from './project';

// The lock of names as people meet it: adding is free, renaming and removing need a record, which the error shows ready to paste.

const LOCK = 'overlays/authorworks/production/names.yaml';
const RELEASES = 'overlays/authorworks/production/releases.yaml';

let root: string;
let locked: readonly string[];

/** Only production is rendered, and into an empty dist: what matters here is the lock. */
const production = clusters.filter(({ name }) => name === 'authorworks/production');

beforeEach(() => {
  root = copyOfData(['authorworks/production'], { dist: false });
  locked = lines();
});

function lines(): readonly string[] {
  return readFileSync(join(root, LOCK), 'utf8').split('\n');
}

/** Production with its workloads changed. */
function withWorkloads(change: (workloads: ClusterDefinition['platform']['workloads']) => ClusterDefinition['platform']['workloads']) {
  return production.map((definition) => ({
    ...definition,
    platform: { ...definition.platform, workloads: change(definition.platform.workloads) },
  }));
}

const report = cronJob('authorworks-report', {
  image: 'authorworks/report',
  nodeGroup: 'spot',
  schedule: '0 6 * * 1',
  deadlineSeconds: 600,
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
});

const renamed = withWorkloads(({ nightly, ...others }) => {
  if (nightly === undefined) throw new Error('the test renames nightly');
  return { ...others, nightly: new Workload(nightly.kind, 'authorworks-batch', nightly.props, nightly.edges) };
});

/** The records that an error shows below `moved` or `removed`, with the reason filled in. */
function pasteable(text: string, first: string): string {
  const records = text.match(new RegExp(`^  - ${first}: .*\\n(?:    \\w+: .*\\n?)+`, 'gm')) ?? [];
  return records.map((record) => record.trimEnd().replace('<reason>', 'it says what it does')).join('\n');
}

describe('a new workload', () => {
  beforeEach(() => edit(root, RELEASES, 'images:\n', 'images:\n  authorworks/report:\n    tag: v1.0.0\n'));

  it('adds lines to the lock and takes none away', () => {
    expect(
      synthIn(
        root,
        withWorkloads((workloads) => ({ ...workloads, report })),
      ).code,
    ).toBe(0);
    const added = lines().filter((line) => !locked.includes(line));
    expect(added).toEqual([
      '  - Application argocd/authorworks-report',
      '  - CronJob authorworks/authorworks-report',
      '  - ServiceAccount authorworks/authorworks-report',
    ]);
    expect(lines().filter((line) => !added.includes(line))).toEqual(locked);
  });
});

describe('a renamed workload', () => {
  it('fails, and succeeds with the records of the message pasted, keeps the old names and adds the new ones', () => {
    const { code, text } = synthIn(root, renamed);
    expect(code).toBe(1);
    edit(root, LOCK, 'names:\n', `moved:\n${pasteable(text, 'from')}\nnames:\n`);
    const pasted = lines();
    expect(synthIn(root, renamed)).toMatchObject({ code: 0 });
    expect(lines().filter((line) => !pasted.includes(line))).toEqual([
      '  - Application argocd/authorworks-batch',
      '  - CronJob authorworks/authorworks-batch',
      '  - ServiceAccount authorworks/authorworks-batch',
    ]);
    expect(lines().filter((line) => pasted.includes(line))).toEqual(pasted);
    const paths = Object.keys(contents(join(root, 'dist/authorworks/production')) ?? {});
    expect(paths.filter((path) => path.includes('nightly'))).toEqual([]);
    expect(paths).toContain('authorworks-batch/cronjob-authorworks-batch.yaml');
  });

  it('fails with a record that has no reason', () => {
    const { text } = synthIn(root, renamed);
    edit(root, LOCK, 'names:\n', `moved:\n${pasteable(text, 'from').replaceAll('it says what it does', '<reason>')}\nnames:\n`);
    expect(synthIn(root, renamed)).toMatchObject({ code: 1, text: expect.stringContaining('Expected the reason') });
  });
});

describe('a removed workload', () => {
  const removed = production.map((definition) => ({ ...definition, overlays: [...definition.overlays, { nightly: remove }] }));

  it('fails, and succeeds with the records of the message pasted', () => {
    const { code, text } = synthIn(root, removed);
    expect(code).toBe(1);
    edit(root, LOCK, 'names:\n', `removed:\n${pasteable(text, 'object')}\nnames:\n`);
    const pasted = lines();
    expect(synthIn(root, removed).code).toBe(0);
    expect(lines()).toEqual(pasted);
  });
});
