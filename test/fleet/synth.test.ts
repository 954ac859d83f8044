import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusters } from '../../fleet/clusters';
import { synth } from '../../fleet/synth';

// The program on a project with one cluster. What stops it is in test/acceptance; here is what it does besides.

const repository = resolve(__dirname, '../..');
const dev = clusters.filter(({ name }) => name === 'authorworks/dev');
const LOCK = 'overlays/authorworks/dev/names.yaml';
const RELEASES = 'overlays/authorworks/dev/releases.yaml';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fleet-synth-'));
  cpSync(join(repository, 'overlays/authorworks/dev'), join(root, 'overlays/authorworks/dev'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function run(outdir?: string) {
  const said: string[] = [];
  const code = synth({ root, cwd: root, clusters: dev, print: (text) => said.push(text), ...(outdir === undefined ? {} : { outdir }) });
  return { code, text: said.join('\n') };
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('the name lock', () => {
  it('is made by the first render, and the same as it would have grown to', () => {
    const grown = read(LOCK);
    rmSync(join(root, LOCK));
    expect(run().code).toBe(0);
    expect(read(LOCK)).toBe(grown);
  });

  it('is left alone when another folder than dist is written', () => {
    rmSync(join(root, LOCK));
    expect(run(join(root, 'other')).code).toBe(0);
    expect(existsSync(join(root, LOCK))).toBe(false);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('loses the half of it that a killed run left', () => {
    writeFileSync(join(root, `${LOCK}.new`), '# Name');
    expect(run().code).toBe(0);
    expect(existsSync(join(root, `${LOCK}.new`))).toBe(false);
  });

  it('that cannot be written is an error that says that dist is, and the next run mends it', () => {
    const whole = read(LOCK);
    writeFileSync(join(root, LOCK), whole.replace('  - Namespace authorworks\n', ''));
    // A folder in the place of the file that is staged; permissions would not stop root.
    mkdirSync(join(root, `${LOCK}.new`));
    const { code, text } = run();
    expect(code).toBe(1);
    expect(text).toMatch(/^overlays\/authorworks\/dev\/names\.yaml: dist is written, but .*synth again\.$/m);
    rmSync(join(root, `${LOCK}.new`), { recursive: true });
    expect(run().code).toBe(0);
    expect(read(LOCK)).toBe(whole);
  });
});

describe('what it says', () => {
  it('counts files, and lists what changed', () => {
    expect(run().text).toMatch(/dist: \d+ added, 0 changed, 0 removed, 0 unchanged$/m);
    writeFileSync(join(root, RELEASES), read(RELEASES).replace(/(authorworks\/nightly:\n {4}tag: )\S+/, '$1v9.9.9'));
    expect(run().text).toMatch(/0 added, 1 changed, .*\n {2}~ authorworks\/dev\/authorworks-nightly\/cronjob-authorworks-nightly\.yaml$/);
  });

  it('warns of releases that nothing uses, and renders', () => {
    writeFileSync(join(root, RELEASES), read(RELEASES).replace('images:\n', 'images:\n  authorworks/nightlyy:\n    tag: v1.0.0\n'));
    const { code, text } = run();
    expect(code).toBe(0);
    expect(text).toContain(`Warning: ${RELEASES}: images.authorworks/nightlyy: no workload uses this image.`);
  });

  it('warns of workloads and overlays that nothing renders, and renders the rest', () => {
    mkdirSync(join(root, 'apps/authorworks'), { recursive: true });
    writeFileSync(join(root, 'apps/authorworks/reviews.ts'), "export const reviews = service('authorworks-reviews', {});");
    mkdirSync(join(root, 'overlays/authorworks/dev-nowhere'));
    const { code, text } = run();
    expect(code).toBe(0);
    expect(text).toMatch(/^Warning: apps\/authorworks\/reviews\.ts: /m);
    expect(text).toMatch(/^Warning: overlays\/authorworks\/dev-nowhere: /m);
  });
});

it('refuses an output folder inside dist before anything is rendered', () => {
  const { code, text } = run(join(root, 'dist/authorworks'));
  expect(code).toBe(1);
  expect(text).toContain('it lies in dist');
});

it('keeps files in dist that it does not own', () => {
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/NOTES.md'), 'mine');
  chmodSync(join(root, 'dist/NOTES.md'), 0o444);
  expect(run()).toMatchObject({ code: 0, text: expect.stringContaining('NOTES.md') });
  expect(read('dist/NOTES.md')).toBe('mine');
});
