import { linkSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { HEADER } from '../../synth/header';
import { writeDist } from '../../synth/writer';
import { asContents, contents, leftovers, projectFolder, put, rendered, renderedAll } from './fixtures/trees';

let root: string;
let dist: string;

beforeEach(() => {
  root = projectFolder();
  dist = join(root, 'dist');
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

/** A time that no write of this test could give a file. */
const LONG_AGO = new Date('2001-02-03T04:05:06Z');

function age(path: string): void {
  utimesSync(join(dist, path), LONG_AGO, LONG_AGO);
}

function mtime(path: string): Date {
  return statSync(join(dist, path)).mtime;
}

describe('writing', () => {
  it('makes dist hold exactly the files, and leaves nothing beside it', () => {
    const files = renderedAll({ 'a/dev/app/deployment-x.yaml': 'x: 1', 'a/dev/bootstrap.yaml': 'y: 2' });
    const summary = writeDist(root, files);
    expect(contents(dist)).toEqual(asContents(files));
    expect(summary).toEqual({
      added: ['a/dev/app/deployment-x.yaml', 'a/dev/bootstrap.yaml'],
      changed: [],
      removed: [],
      unchanged: 0,
      foreign: [],
    });
    expect(leftovers(root)).toEqual([]);
  });

  it('tells added, changed, removed and unchanged apart, and removes folders that become empty', () => {
    writeDist(root, renderedAll({ 'keep.yaml': 'k: 1', 'change.yaml': 'c: 1', 'gone/deep/old.yaml': 'o: 1' }));
    const next = renderedAll({ 'keep.yaml': 'k: 1', 'change.yaml': 'c: 2', 'fresh/new.yaml': 'n: 1' });
    expect(writeDist(root, next)).toEqual({
      added: ['fresh/new.yaml'],
      changed: ['change.yaml'],
      removed: ['gone/deep/old.yaml'],
      unchanged: 1,
      foreign: [],
    });
    expect(contents(dist)).toEqual(asContents(next));
    expect(leftovers(root)).toEqual([]);
  });

  it('keeps the modification time of files that did not change', () => {
    writeDist(root, renderedAll({ 'keep.yaml': 'k: 1', 'change.yaml': 'c: 1' }));
    age('keep.yaml');
    age('change.yaml');
    writeDist(root, renderedAll({ 'keep.yaml': 'k: 1', 'change.yaml': 'c: 2' }));
    expect(mtime('keep.yaml')).toEqual(LONG_AGO);
    expect(mtime('change.yaml')).not.toEqual(LONG_AGO);
  });

  it('sees a change that keeps the length, one that only appends and one that only cuts', () => {
    for (const body of ['a: 12', 'a: 13', 'a: 13\nb: 1', 'a: 13']) {
      const files = [rendered('a.yaml', body)];
      const summary = writeDist(root, files);
      expect([...summary.added, ...summary.changed]).toEqual(['a.yaml']);
      expect(contents(dist)).toEqual(asContents(files));
    }
  });

  it('touches nothing when nothing changed', () => {
    const files = renderedAll({ 'a/one.yaml': 'x: 1', 'a/two.yaml': 'ü: "☃ 𝄞"' });
    writeDist(root, files);
    const before = [dist, join(dist, 'a'), join(dist, 'a/one.yaml'), join(dist, 'a/two.yaml')].map((path) =>
      statSync(path, { bigint: true }),
    );
    expect(writeDist(root, files)).toEqual({ added: [], changed: [], removed: [], unchanged: 2, foreign: [] });
    const after = [dist, join(dist, 'a'), join(dist, 'a/one.yaml'), join(dist, 'a/two.yaml')].map((path) =>
      statSync(path, { bigint: true }),
    );
    // Birth, change and modification times and inodes: a staged tree would have new ones. Access times are nobody's business.
    const trace = (stats: typeof before) => stats.map(({ ino, mtimeNs, ctimeNs, birthtimeNs }) => [ino, mtimeNs, ctimeNs, birthtimeNs]);
    expect(trace(after)).toEqual(trace(before));
    expect(leftovers(root)).toEqual([]);
  });

  it('removes folders that hold nothing', () => {
    const files = renderedAll({ 'a/one.yaml': 'x: 1' });
    writeDist(root, files);
    mkdirSync(join(dist, 'a/empty/deeper'), { recursive: true });
    writeDist(root, files);
    expect(contents(dist)).toEqual(asContents(files));
  });

  it('lets a file and a folder of ours change places', () => {
    writeDist(root, renderedAll({ thing: 'x: 1', 'other/inside.yaml': 'y: 1' }));
    const files = renderedAll({ 'thing/inside.yaml': 'x: 2', other: 'y: 2' });
    writeDist(root, files);
    expect(contents(dist)).toEqual(asContents(files));
  });

  it('never writes through a hard link that somebody else made', () => {
    writeDist(root, renderedAll({ 'a.yaml': 'x: 1' }));
    linkSync(join(dist, 'a.yaml'), join(root, 'copy.yaml'));
    writeDist(root, renderedAll({ 'a.yaml': 'x: 2' }));
    expect(readFileSync(join(root, 'copy.yaml'), 'utf8')).toBe(`${HEADER}\nx: 1\n`);
  });

  it('writes a folder of another name, with siblings of that name', () => {
    put(join(root, '.other-next/junk.yaml'), 'junk');
    const files = renderedAll({ 'a.yaml': 'x: 1' });
    expect(writeDist(root, files, 'other').repaired).toContain('.other-next');
    expect(contents(root)).toEqual({ 'other/a.yaml': files[0]?.text });
  });
});

describe('files that synth does not own', () => {
  it('carries them over with their modification time and reports them, also when nothing changed', () => {
    const files = renderedAll({ 'a/one.yaml': 'x: 1' });
    writeDist(root, files);
    put(join(dist, 'a/NOTES.md'), 'mine');
    put(join(dist, 'own/.gitkeep'), '');
    age('a/NOTES.md');
    expect(writeDist(root, files)).toMatchObject({ unchanged: 1, foreign: ['a/NOTES.md', 'own/.gitkeep'] });
    const next = renderedAll({ 'b/two.yaml': 'x: 2' });
    expect(writeDist(root, next)).toMatchObject({ removed: ['a/one.yaml'], foreign: ['a/NOTES.md', 'own/.gitkeep'] });
    expect(contents(dist)).toEqual({ ...asContents(next), 'a/NOTES.md': 'mine', 'own/.gitkeep': '' });
    expect(mtime('a/NOTES.md')).toEqual(LONG_AGO);
  });

  it('carries symbolic links over as links, also those that point nowhere or to a folder, and never follows them', () => {
    put(join(root, 'outside/stay.yaml'), `${HEADER}\nof: somebody\n`);
    writeDist(root, renderedAll({ 'a.yaml': 'x: 1' }));
    symlinkSync('nowhere', join(dist, 'dangling.yaml'));
    symlinkSync('../outside', join(dist, 'folder'));
    const next = renderedAll({ 'a.yaml': 'x: 2' });
    expect(writeDist(root, next).foreign).toEqual(['dangling.yaml', 'folder']);
    expect(contents(dist)).toEqual({ ...asContents(next), 'dangling.yaml': '-> nowhere', folder: '-> ../outside' });
    expect(contents(join(root, 'outside'))).toEqual({ 'stay.yaml': `${HEADER}\nof: somebody\n` });
  });

  it.each([
    ['at the path of a rendered file', 'a/b.yaml', 'a/b.yaml'],
    ['at the folder of a rendered file', 'a', 'a/b.yaml'],
    ['below the path of a rendered file', 'a/b.yaml/NOTES.md', 'a/b.yaml'],
  ])('refuses one %s, by name and before anything is written', (_, foreign, path) => {
    put(join(dist, foreign), 'mine');
    put(join(dist, 'old.yaml'), `${HEADER}\nold: 1\n`);
    expect(() => writeDist(root, renderedAll({ [path]: 'x: 1' }))).toThrow(`dist/${foreign} is in the way`);
    expect(contents(dist)).toEqual({ [foreign]: 'mine', 'old.yaml': `${HEADER}\nold: 1\n` });
    expect(leftovers(root)).toEqual([]);
  });

  it('refuses a symbolic link at the path of a rendered file', () => {
    writeDist(root, renderedAll({ 'a.yaml': 'x: 1' }));
    symlinkSync('a.yaml', join(dist, 'b.yaml'));
    expect(() => writeDist(root, renderedAll({ 'b.yaml': 'x: 1' }))).toThrow('dist/b.yaml is in the way');
  });
});

describe('refusals', () => {
  it.each([
    ['/etc/passwd', 'must be relative'],
    ['../outside.yaml', 'must be relative'],
    ['a/../../outside.yaml', 'must be relative'],
    ['a/./b.yaml', 'must be relative'],
    ['a//b.yaml', 'must be relative'],
    ['a\\b.yaml', 'must be relative'],
    ['', 'must be relative'],
  ])('refuses the path %j', (path, message) => {
    expect(() => writeDist(root, [rendered(path, 'x: 1')])).toThrow(message);
    expect(contents(root)).toEqual({});
  });

  it('refuses two files of one path, a file that is a folder of another, and a file without the header', () => {
    expect(() => writeDist(root, [rendered('a.yaml', 'x: 1'), rendered('a.yaml', 'x: 2')])).toThrow("Cannot write 'a.yaml' twice");
    expect(() => writeDist(root, [rendered('a/b/c.yaml', 'x: 1'), rendered('a', 'x: 2')])).toThrow("Cannot write 'a'");
    expect(() => writeDist(root, [{ path: 'a.yaml', text: 'x: 1\n' }])).toThrow("Cannot write 'a.yaml': its first line");
    expect(contents(root)).toEqual({});
  });

  it.each(['', '.', '..', 'a/b', '/tmp'])('refuses %j as the name of the output folder', (name) => {
    expect(() => writeDist(root, [], name)).toThrow('must be the name of one folder');
  });

  it('refuses a dist that is a link, and leaves what it points to alone', () => {
    put(join(root, 'elsewhere/a.yaml'), `${HEADER}\nx: 1\n`);
    put(join(root, '.dist-previous/b.yaml'), 'mine');
    symlinkSync('elsewhere', dist);
    expect(() => writeDist(root, renderedAll({ 'a.yaml': 'x: 2' }))).toThrow('is a symbolic link');
    expect(contents(root)).toEqual({ 'elsewhere/a.yaml': `${HEADER}\nx: 1\n`, '.dist-previous/b.yaml': 'mine', dist: '-> elsewhere' });
  });

  it('refuses a dist that is a file', () => {
    writeFileSync(dist, 'mine');
    expect(() => writeDist(root, renderedAll({ 'a.yaml': 'x: 2' }))).toThrow('is not a folder');
    expect(contents(root)).toEqual({ dist: 'mine' });
  });

  it('says so when the project folder is not there', () => {
    expect(() => writeDist(join(root, 'missing'), [])).toThrow(`Cannot read ${join(root, 'missing')}`);
  });
});

describe('leftovers of a killed run', () => {
  const old = renderedAll({ 'a.yaml': 'x: 1', 'b.yaml': 'x: 1' });

  it('removes a half-staged tree, and says so', () => {
    writeDist(root, old);
    put(join(root, '.dist-next/a.yaml'), `${HEADER}\nha`);
    expect(writeDist(root, old).repaired).toContain('removed an unfinished tree (.dist-next)');
    expect(contents(root)).toEqual({ 'dist/a.yaml': old[0]?.text, 'dist/b.yaml': old[1]?.text });
  });

  it('restores a dist that is missing because the run was killed between the renames, and says so', () => {
    put(join(root, '.dist-previous/a.yaml'), old[0]?.text ?? '');
    put(join(root, '.dist-previous/NOTES.md'), 'mine');
    put(join(root, '.dist-next/a.yaml'), `${HEADER}\nx: 2\n`);
    utimesSync(join(root, '.dist-previous/a.yaml'), LONG_AGO, LONG_AGO);
    const summary = writeDist(root, old);
    expect(summary).toMatchObject({ added: ['b.yaml'], unchanged: 1, foreign: ['NOTES.md'] });
    expect(summary.repaired).toContain('dist was missing and was restored from .dist-previous');
    expect(mtime('a.yaml')).toEqual(LONG_AGO);
    expect(leftovers(root)).toEqual([]);
  });

  it('says what was restored even when the run then fails', () => {
    put(join(root, '.dist-previous/a.yaml'), 'mine');
    expect(() => writeDist(root, old)).toThrow(/in the way.*dist was missing and was restored/s);
    expect(contents(root)).toEqual({ 'dist/a.yaml': 'mine' });
  });

  it('removes the rest of an old tree, but saves files that synth does not own and dist does not have', () => {
    writeDist(root, old);
    put(join(root, '.dist-previous/stale.yaml'), `${HEADER}\nx: 0\n`);
    put(join(root, '.dist-previous/notes/NOTES.md'), 'mine');
    const summary = writeDist(root, old);
    expect(summary.repaired).toContain('moved notes/NOTES.md from there back into dist');
    expect(summary.foreign).toEqual(['notes/NOTES.md']);
    expect(contents(root)).toEqual({ 'dist/a.yaml': old[0]?.text, 'dist/b.yaml': old[1]?.text, 'dist/notes/NOTES.md': 'mine' });
  });

  it('stops, names the places and destroys nothing when the leftovers cannot be mended', () => {
    writeDist(root, old);
    put(join(root, '.dist-previous/a.yaml/NOTES.md'), 'mine');
    expect(() => writeDist(root, old)).toThrow(join(root, '.dist-previous'));
    expect(contents(root)).toMatchObject({ '.dist-previous/a.yaml/NOTES.md': 'mine' });
  });
});
