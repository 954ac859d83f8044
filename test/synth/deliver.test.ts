import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeliverOptions, deliver, destination } from '../../synth/deliver';
import { describeDelivery } from '../../synth/deliver-text';
import { HEADER } from '../../synth/header';
import { writeDist } from '../../synth/writer';
import { asContents, contents, projectFolder, put, renderedAll } from './fixtures/trees';

let top: string;
let root: string;

beforeEach(() => {
  top = projectFolder();
  root = join(top, 'project');
  mkdirSync(root);
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

const files = renderedAll({ 'a/one.yaml': 'x: 1', 'b/two.yaml': 'x: 2' });

function options(outdir?: string, cwd = root): DeliverOptions {
  return { root, scratch: '.scratch', cwd, ...(outdir === undefined ? {} : { outdir }) };
}

describe('dist is written', () => {
  it.each([
    ['without the CLI', undefined],
    ['with an empty CDK8S_OUTDIR', ''],
    ['for .scratch', '.scratch'],
    ['for .scratch/', '.scratch/'],
    ['for ./.scratch', './.scratch'],
    ['for a roundabout path', '../project/x/../.scratch//'],
  ])('%s', (_, outdir) => {
    expect(deliver(options(outdir), files)).toMatchObject({
      kind: 'dist',
      folder: join(root, 'dist'),
      summary: { added: ['a/one.yaml', 'b/two.yaml'] },
    });
    expect(contents(join(root, 'dist'))).toEqual(asContents(files));
    expect(contents(join(root, '.scratch'))).toEqual({ 'see-dist.yaml': '# The manifests are in dist/.\n' });
    expect(lstatSync(join(root, '.scratch')).isDirectory()).toBe(true);
  });

  it('for an absolute path, also through a link to the project', () => {
    symlinkSync('project', join(top, 'link'));
    expect(destination(options(join(root, '.scratch'))).kind).toBe('dist');
    expect(destination(options(join(top, 'link/.scratch'))).kind).toBe('dist');
    expect(destination({ ...options(join(root, '.scratch')), root: join(top, 'link') }).kind).toBe('dist');
  });

  it('from another working folder, to which a relative folder belongs', () => {
    deliver(options('project/.scratch', top), files);
    expect(contents(join(root, 'dist'))).toEqual(asContents(files));
    expect(destination(options('.scratch', top))).toEqual({ kind: 'folder', folder: join(top, '.scratch') });
  });

  it('with a warning when --output named dist, which the CLI has deleted by then', () => {
    for (const outdir of ['dist', './dist/', join(root, 'dist')]) {
      const delivery = deliver(options(outdir), files);
      expect(delivery.kind).toBe('dist');
      expect(describeDelivery(delivery)).toContain('Warning: cdk8s deleted');
    }
    expect(contents(join(root, 'dist'))).toEqual(asContents(files));
  });

  it.each(['dist', 'nowhere'])('never through a scratch folder that is a link (to %s)', (target) => {
    writeDist(root, files);
    symlinkSync(target, join(root, '.scratch'));
    expect(() => deliver(options('.scratch/'), renderedAll({ 'c.yaml': 'x: 3' }))).toThrow(`${join(root, '.scratch')} must be a folder`);
    expect(contents(join(root, 'dist'))).toEqual(asContents(files));
  });
});

describe('another folder', () => {
  it('gets the files, and dist is left alone', () => {
    writeDist(root, files);
    const next = renderedAll({ 'c.yaml': 'x: 3' });
    const delivery = deliver(options('deep/other'), next);
    expect(delivery).toMatchObject({ kind: 'folder', folder: join(root, 'deep/other'), summary: { added: ['c.yaml'] } });
    expect(contents(root)).toEqual({
      'dist/a/one.yaml': files[0]?.text,
      'dist/b/two.yaml': files[1]?.text,
      'deep/other/c.yaml': next[0]?.text,
    });
  });

  it('keeps what synth does not own, when the program is started without the CLI', () => {
    put(join(root, 'other/NOTES.md'), 'mine');
    put(join(root, 'other/stale.yaml'), `${HEADER}\nx: 0\n`);
    deliver(options('other'), files);
    expect(contents(join(root, 'other'))).toEqual({ ...asContents(files), 'NOTES.md': 'mine' });
  });

  it.each([
    ['dist/a', 'it lies in dist'],
    ['.', 'it holds the project'],
    ['..', 'it holds the project'],
    ['/', 'it holds the project'],
  ])('%s is refused, before and while writing', (outdir, message) => {
    expect(() => destination(options(outdir))).toThrow(message);
    expect(() => deliver(options(outdir), files)).toThrow(message);
    expect(contents(root)).toEqual({});
  });
});

describe('the temporary folder of --stdout', () => {
  it('gets all files as the documents of one, and dist is left alone', () => {
    const temporary = join(top, 'cdk8s-aB3xY9');
    mkdirSync(temporary);
    expect(describeDelivery(deliver(options(temporary), files))).toBe('2 files to stdout');
    expect(contents(temporary)).toEqual({ 'all.yaml': `---\n${HEADER}\nx: 1\n---\n${HEADER}\nx: 2\n` });
    expect(contents(root)).toEqual({});
  });

  it('is told from a folder of --output with such a name, which the CLI deletes first', () => {
    expect(destination(options(join(top, 'cdk8s-aB3xY9'))).kind).toBe('folder');
    put(join(top, 'cdk8s-aB3xY9/NOTES.md'), 'mine');
    expect(destination(options(join(top, 'cdk8s-aB3xY9'))).kind).toBe('folder');
    mkdirSync(join(top, 'other'));
    expect(destination(options(join(top, 'other'))).kind).toBe('folder');
  });
});

describe('what is said of a run', () => {
  it('counts and names what changed, what is not from synth and what was repaired', () => {
    deliver(options(), files);
    put(join(root, 'dist/NOTES.md'), 'mine');
    put(join(root, '.dist-next/a.yaml'), 'half');
    const text = describeDelivery(deliver(options(), renderedAll({ 'a/one.yaml': 'x: 2', 'c/three.yaml': 'x: 3' })));
    expect(text.split('\n')).toEqual([
      `${join(root, 'dist')}: 1 added, 1 changed, 1 removed, 0 unchanged`,
      '  + c/three.yaml',
      '  ~ a/one.yaml',
      '  - b/two.yaml',
      'not from synth, left as they are (1):',
      '  ? NOTES.md',
      'An earlier run was stopped in the middle: removed an unfinished tree (.dist-next).',
    ]);
  });

  it('lists the first twenty of many and counts the rest', () => {
    deliver(options(), files);
    const many = renderedAll(Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`c/${i}.yaml`, `x: ${i}`])));
    const lines = describeDelivery(deliver(options(), many)).split('\n');
    expect(lines.filter((line) => line.startsWith('  + c/'))).toHaveLength(20);
    expect(lines).toContain('  + and 5 more');
  });

  it('is one line when nothing changed', () => {
    deliver(options(), files);
    expect(describeDelivery(deliver(options(), files))).toBe(`${join(root, 'dist')}: 0 added, 0 changed, 0 removed, 2 unchanged`);
    expect(readFileSync(join(root, 'dist/a/one.yaml'), 'utf8')).toBe(files[0]?.text);
  });
});
