import { spawn } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, ended } from './fixtures/processes';
import { contents, projectFolder, put } from './fixtures/trees';

const repository = resolve(__dirname, '../..');

let top: string;
let project: string;

// A copy of the fixture project at the same place of a temporary tree, so that its imports of synth/ and its packages resolve.
beforeEach(() => {
  top = projectFolder();
  project = join(top, 'test/synth/fixtures/project');
  mkdirSync(join(top, 'test/synth/fixtures'), { recursive: true });
  cpSync(join(__dirname, 'fixtures/project'), project, { recursive: true });
  cpSync(join(repository, 'tsconfig.json'), join(top, 'tsconfig.json'));
  for (const name of ['synth', 'node_modules']) symlinkSync(join(repository, name), join(top, name));
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

/** Runs the real CLI in the fixture project. */
function cdk8s(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const cli = join(repository, 'node_modules/.bin/cdk8s');
  return ended(spawn(cli, ['synth', '--no-check-upgrade', ...args], { cwd: project, env: { ...process.env, ...env } }));
}

const rendered = ['one', 'three', 'two'].map((name) => `shop/dev/app/configmap-${name}.yaml`);

function paths(folder: string): string[] | undefined {
  const found = contents(join(project, folder));
  return found === undefined ? undefined : Object.keys(found).sort();
}

describe('cdk8s synth', () => {
  it('writes dist, twice the same without touching it the second time, and leaves only a pointer to it in the scratch folder', async () => {
    const first = await cdk8s([]);
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('3 added') });
    expect(paths('dist')).toEqual(rendered);
    const inode = statSync(join(project, 'dist')).ino;
    expect(await cdk8s([])).toMatchObject({ code: 0, stderr: expect.stringContaining('3 unchanged') });
    expect(statSync(join(project, 'dist')).ino).toBe(inode);
    expect(paths('.scratch')).toEqual(['see-dist.yaml']);
    expect(lstatSync(join(project, '.scratch')).isDirectory()).toBe(true);
  });

  it.each([['.scratch/'], ['./.scratch']])('writes dist with -o %s, whatever is in it', async (outdir) => {
    put(join(project, 'dist/NOTES.md'), 'mine');
    expect(await cdk8s(['-o', outdir])).toMatchObject({ code: 0 });
    expect(paths('dist')).toEqual(['NOTES.md', ...rendered]);
  });

  it('leaves dist alone with -o other', async () => {
    put(join(project, 'dist/old.yaml'), 'old');
    const { code, stdout } = await cdk8s(['-o', 'other']);
    expect(code).toBe(0);
    expect(paths('other')).toEqual(rendered);
    expect(stdout).toContain('other/shop/dev/app/configmap-one.yaml');
    expect(contents(join(project, 'dist'))).toEqual({ 'old.yaml': 'old' });
  });

  it('prints every object as a document of one stream with --stdout, and leaves dist alone', async () => {
    put(join(project, 'dist/old.yaml'), 'old');
    const { code, stdout } = await cdk8s(['--stdout']);
    expect(code).toBe(0);
    expect(loadAll(stdout)).toMatchObject(['one', 'two', 'three'].map((name) => ({ kind: 'ConfigMap', metadata: { name } })));
    expect(contents(join(project, 'dist'))).toEqual({ 'old.yaml': 'old' });
  });

  it('re-creates dist with -o dist, and warns', async () => {
    expect((await cdk8s([])).code).toBe(0);
    const { code, stderr } = await cdk8s(['-o', 'dist']);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Warning: cdk8s deleted') });
    expect(paths('dist')).toEqual(rendered);
  });

  it('fails with exit code 1 and the message on stderr when the program fails, and dist stays', async () => {
    expect((await cdk8s([])).code).toBe(0);
    const before = contents(join(project, 'dist'));
    const inode = statSync(join(project, 'dist')).ino;
    const { code, stderr } = await cdk8s([], { FIXTURE_FAILS: '1' });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('shop/dev: replicas must be a number, found none') });
    expect(contents(join(project, 'dist'))).toEqual(before);
    expect(statSync(join(project, 'dist')).ino).toBe(inode);
  });

  it('never runs compiled output that lies beside the sources', async () => {
    writeFileSync(join(project, 'main.js'), "process.stderr.write('stale main.js\\n'); process.exitCode = 1;");
    writeFileSync(join(project, 'values.js'), "exports.replicas = 'stale';");
    const { code, stderr } = await cdk8s([]);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining('stale') });
    expect(contents(join(project, 'dist'))?.['shop/dev/app/configmap-one.yaml']).toContain("replicas: '2'");
  });
});
