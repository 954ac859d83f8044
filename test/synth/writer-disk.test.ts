import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDist } from '../../synth/writer';
import { ended, startFixture } from './fixtures/processes';
import { asContents, bigTree, contents, leftovers, projectFolder, rendered, renderedAll } from './fixtures/trees';

const isRoot = process.getuid?.() === 0;
const canMount = isRoot && process.platform === 'linux' && mountWorks();

/** Permissions do not apply to root, so a run that must be refused is given to this user; without root it is the user of the tests. */
const NOBODY = 65_534;
const asNobody = isRoot ? [String(NOBODY)] : [];

let root: string;
let dist: string;
let mounted: string | undefined;

beforeEach(() => {
  root = projectFolder();
  dist = join(root, 'dist');
});

afterEach(() => {
  if (mounted !== undefined) execFileSync('umount', [mounted]);
  mounted = undefined;
  execFileSync('chmod', ['-R', 'u+rwX', root]);
  rmSync(root, { recursive: true, force: true });
});

function mountWorks(): boolean {
  const folder = projectFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mountSmallDisk(folder: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  mounted = folder;
}

/** Gives everything below a folder to the user that the run gets. */
function giveAway(folder: string): void {
  if (!isRoot) return;
  chownSync(folder, NOBODY, NOBODY);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    chownSync(join(entry.parentPath, entry.name), NOBODY, NOBODY);
}

describe.skipIf(!canMount)('a small disk (skipped without root on Linux: mounts a tmpfs)', () => {
  it('that fills up while the new tree is staged leaves the old tree, and the next run works once there is room', () => {
    mountSmallDisk(root, 'size=400k');
    const old = renderedAll({ 'a.yaml': 'x: 1', 'b/c.yaml': 'y: 1' });
    writeDist(root, old);
    const next = Array.from({ length: 50 }, (_, i) => rendered(`new/${i}.yaml`, 'x'.repeat(20_000)));
    expect(() => writeDist(root, next)).toThrow(/dist was left as it was: the disk is full/);
    expect(contents(root)).toEqual({ 'dist/a.yaml': old[0]?.text, 'dist/b/c.yaml': old[1]?.text });
    const fits = next.slice(0, 5);
    expect(writeDist(root, fits).repaired).toBeUndefined();
    expect(contents(dist)).toEqual(asContents(fits));
  });

  it('that is full to the last byte and the last file before the run starts leaves the old tree', () => {
    mountSmallDisk(root, 'size=200k,nr_inodes=12');
    const old = renderedAll({ 'a.yaml': 'x: 1' });
    writeDist(root, old);
    for (let i = 0; statfsSync(root).ffree > 0; i++) writeFileSync(join(root, `filler-${i}`), '');
    expect(() => writeDist(root, renderedAll({ 'a.yaml': 'x: 2' }))).toThrow(/dist was left as it was: .*ENOSPC/);
    expect(contents(dist)).toEqual(asContents(old));
    expect(leftovers(root)).toEqual([]);
  });

  it('that is dist itself is refused as a mount point, whether something changed or not', () => {
    mkdirSync(dist);
    mountSmallDisk(dist, 'size=200k');
    expect(() => writeDist(root, renderedAll({ 'a.yaml': 'x: 1' }))).toThrow(`${dist} is a mount point`);
    expect(() => writeDist(root, [])).toThrow(`${dist} is a mount point`);
    expect(contents(root)).toEqual({ dist: 'folder' });
  });

  it('that is mounted inside dist is refused as a mount point, and what it holds stays', () => {
    writeDist(root, renderedAll({ 'a.yaml': 'x: 1' }));
    mkdirSync(join(dist, 'disk'));
    mountSmallDisk(join(dist, 'disk'), 'size=200k');
    writeFileSync(join(dist, 'disk/NOTES.md'), 'mine');
    expect(() => writeDist(root, renderedAll({ 'a.yaml': 'x: 2' }))).toThrow('is a mount point');
    expect(contents(dist)).toEqual({ ...asContents(renderedAll({ 'a.yaml': 'x: 1' })), 'disk/NOTES.md': 'mine' });
    expect(leftovers(root)).toEqual([]);
  });

  it('with dist bound onto itself, which only the rename notices, is refused as a mount point', () => {
    const old = renderedAll({ 'a.yaml': 'x: 1' });
    writeDist(root, old);
    execFileSync('mount', ['--bind', dist, dist]);
    mounted = dist;
    expect(() => writeDist(root, renderedAll({ 'a.yaml': 'x: 2' }))).toThrow('is a mount point');
    expect(contents(dist)).toEqual(asContents(old));
    expect(leftovers(root)).toEqual([]);
  });

  it('that is mounted read-only is refused, and dist stays', () => {
    mountSmallDisk(root, 'size=400k');
    const old = renderedAll({ 'a.yaml': 'x: 1' });
    writeDist(root, old);
    execFileSync('mount', ['-o', 'remount,ro', root]);
    expect(() => writeDist(root, renderedAll({ 'a.yaml': 'x: 2' }))).toThrow(/dist was left as it was: .*EROFS/);
    expect(contents(dist)).toEqual(asContents(old));
  });
});

describe('permissions', () => {
  beforeEach(() => {
    writeDist(root, bigTree('A'));
    giveAway(root);
  });

  it.each(['dist', 'dist/cluster/app-7'])('a read-only %s is refused by name, and nothing is staged', async (folder) => {
    chmodSync(join(root, folder), 0o555);
    const { code, stderr } = await ended(startFixture('write-once.ts', [root, 'B', ...asNobody]));
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(`${join(root, folder)} is read-only (EACCES)`) });
    expect(contents(dist)).toEqual(asContents(bigTree('A')));
    expect(leftovers(root)).toEqual([]);
  });

  it('a read-only project folder is refused by name', async () => {
    chmodSync(root, 0o555);
    const { code, stderr } = await ended(startFixture('write-once.ts', [root, 'B', ...asNobody]));
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`has to create files in ${root} and cannot (EACCES`),
    });
    expect(contents(dist)).toEqual(asContents(bigTree('A')));
  });

  it('a read-only file is replaced all the same, as only its folder matters', async () => {
    for (const { path } of bigTree('A')) chmodSync(join(dist, path), 0o444);
    const { code } = await ended(startFixture('write-once.ts', [root, 'B', ...asNobody]));
    expect(code).toBe(0);
    expect(contents(dist)).toEqual(asContents(bigTree('B')));
  });

  it.skipIf(!isRoot)(
    'unchanged files of another user, which must not be linked, are carried over with their time (skipped without root: needs two users)',
    async () => {
      writeDist(root, bigTree('B'));
      writeFileSync(join(dist, 'NOTES.md'), 'mine');
      giveAway(root);
      chownSync(join(dist, 'NOTES.md'), 0, 0);
      chmodSync(join(dist, 'NOTES.md'), 0o644);
      const modified = lstatSync(join(dist, 'NOTES.md')).mtimeMs;
      const { code, stderr } = await ended(startFixture('write-once.ts', [root, 'A', ...asNobody]));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(contents(dist)).toEqual({ ...asContents(bigTree('A')), 'NOTES.md': 'mine' });
      expect(Math.abs(lstatSync(join(dist, 'NOTES.md')).mtimeMs - modified)).toBeLessThan(1);
    },
  );
});
