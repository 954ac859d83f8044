import { mkdirSync, readdirSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeDist } from '../../synth/writer';
import { asContents, contents, leftovers, projectFolder, put, renderedAll } from './fixtures/trees';

/**
 * Every call that changes the disk counts; from call number `diesAt` on all of them fail, clean-up included, which leaves the disk just as a
 * kill before that call would.
 */
const disk = vi.hoisted(() => ({
  calls: 0,
  diesAt: Number.POSITIVE_INFINITY,
  /** A call that fails each time, or only when it is call number `only`. */
  refuses: undefined as undefined | { call: string; code: string; only?: number },
  /** Runs once, before the first call of this name. */
  interrupts: undefined as undefined | { call: string; by: () => void },
}));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const changing = [
    'copyFileSync',
    'linkSync',
    'mkdirSync',
    'renameSync',
    'rmdirSync',
    'rmSync',
    'symlinkSync',
    'unlinkSync',
    'writeFileSync',
  ] as const;
  const wrapped = Object.fromEntries(
    changing.map((name) => [
      name,
      (...args: unknown[]) => {
        if (disk.interrupts?.call === name) {
          const { by } = disk.interrupts;
          disk.interrupts = undefined;
          by();
        }
        disk.calls++;
        if (disk.calls >= disk.diesAt) throw new Error('killed');
        if (disk.refuses?.call === name && (disk.refuses.only ?? disk.calls) === disk.calls) {
          throw Object.assign(new Error(`${disk.refuses.code}: refused, ${name}`), { code: disk.refuses.code });
        }
        return (real[name] as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  );
  return { ...real, ...wrapped, default: { ...real, ...wrapped } };
});

const old = renderedAll({ 'same.yaml': 's: 1', 'a/change.yaml': 'x: 1', 'a/deep/gone.yaml': 'g: 1', swaps: 'x: 1' });
const next = renderedAll({ 'same.yaml': 's: 1', 'a/change.yaml': 'x: 2', 'b/new.yaml': 'n: 1', 'swaps/inside.yaml': 'x: 2' });
const foreign = { 'a/deep/NOTES.md': 'mine' };
const before = { ...asContents(old), ...foreign };
const after = { ...asContents(next), ...foreign };

let root: string;
let dist: string;

beforeEach(() => {
  root = projectFolder();
  dist = join(root, 'dist');
});

afterEach(() => {
  recoverDisk();
  rmSync(root, { recursive: true, force: true });
});

function recoverDisk(): void {
  disk.diesAt = Number.POSITIVE_INFINITY;
  disk.refuses = undefined;
  disk.interrupts = undefined;
}

function start(): void {
  writeDist(root, old);
  put(join(dist, 'a/deep/NOTES.md'), 'mine');
}

/** Runs until the given call; afterwards the disk works again, and the lock is gone as the lock of a dead process would be. */
function killedAt(call: number, run: () => unknown): boolean {
  disk.calls = 0;
  disk.diesAt = call;
  let killed = false;
  try {
    run();
  } catch {
    killed = true;
  }
  recoverDisk();
  for (const file of readdirSync(root)) if (file.startsWith('.dist-lock-')) unlinkSync(join(root, file));
  return killed;
}

/** Calls the action for each call to the disk that a run from `old` to `next` makes. @returns how many there were */
function atEachCall(action: (call: number) => void): number {
  for (let call = 1; ; call++) {
    rmSync(root, { recursive: true });
    mkdirSync(root);
    start();
    if (!killedAt(call, () => writeDist(root, next))) return call - 1;
    action(call);
  }
}

describe('a run that is killed before any of its calls to the disk', () => {
  it('leaves the old tree, the new tree, or no dist and the old tree beside it', () => {
    const seen = new Set<string>();
    const calls = atEachCall((call) => {
      const found = contents(dist);
      if (found === undefined) {
        expect(contents(join(root, '.dist-previous')), `call ${call}`).toEqual(before);
        seen.add('missing');
      } else {
        const which = 'b/new.yaml' in found ? 'new' : 'old';
        expect(found, `call ${call}`).toEqual(which === 'new' ? after : before);
        seen.add(which);
      }
    });
    expect(seen).toEqual(new Set(['old', 'missing', 'new']));
    expect(calls).toBeGreaterThan(15);
  });

  it('is mended by the next run, which makes exactly its tree and says what it mended', () => {
    atEachCall((call) => {
      const mustMend = leftovers(root).length > 0;
      const summary = writeDist(root, next);
      expect(contents(root), `call ${call}`).toEqual(
        Object.fromEntries(Object.entries(after).map(([path, text]) => [`dist/${path}`, text])),
      );
      expect(summary.foreign).toEqual(['a/deep/NOTES.md']);
      expect(summary.repaired !== undefined, `call ${call}`).toBe(mustMend);
    });
  });

  it('is mended even when the mending is killed too', () => {
    atEachCall((call) => {
      for (let again = 1; killedAt(again, () => writeDist(root, old)); again += 3) {
        const found = contents(dist) ?? contents(join(root, '.dist-previous'));
        expect([before, after], `call ${call}, then ${again}`).toContainEqual(found);
      }
      expect(contents(dist)).toEqual(before);
      expect(leftovers(root)).toEqual([]);
    });
  });
});

describe('a disk that refuses', () => {
  it.each([
    ['writeFileSync', 'ENOSPC', 'cannot'],
    ['mkdirSync', 'ENOSPC', 'the disk is full'],
    ['mkdirSync', 'EROFS', 'could not be staged'],
    ['linkSync', 'EXDEV', 'is a mount point'],
    ['linkSync', 'EIO', 'could not be staged'],
    ['renameSync', 'EBUSY', 'is a mount point'],
    ['renameSync', 'EXDEV', 'lower layer'],
    ['renameSync', 'EACCES', 'could not be replaced'],
  ])('%s with %s leaves the old tree and nothing beside it', (call, code, message) => {
    start();
    disk.refuses = { call, code };
    expect(() => writeDist(root, next)).toThrow(message);
    recoverDisk();
    expect(contents(dist)).toEqual(before);
    expect(leftovers(root)).toEqual([]);
  });

  it('only the second of the two renames leaves the old tree and nothing beside it', () => {
    start();
    disk.interrupts = {
      call: 'renameSync',
      by: () => Object.assign(disk, { refuses: { call: 'renameSync', code: 'EIO', only: disk.calls + 2 } }),
    };
    expect(() => writeDist(root, next)).toThrow('dist was left as it was');
    recoverDisk();
    expect(contents(dist)).toEqual(before);
    expect(leftovers(root)).toEqual([]);
  });

  it('is told to the reader when only the old tree cannot be removed; the next run removes it', () => {
    start();
    disk.refuses = { call: 'unlinkSync', code: 'EIO' };
    expect(() => writeDist(root, next)).toThrow('dist is the new one, but the old one could not be removed');
    recoverDisk();
    expect(contents(dist)).toEqual(after);
    killedAt(Number.POSITIVE_INFINITY, () => undefined);
    expect(writeDist(root, next).repaired).toContain('.dist-previous');
    expect(leftovers(root)).toEqual([]);
  });

  it.each(['EPERM', 'ENOTSUP', 'EMLINK'])('falls back to copies that keep the modification time where links fail with %s', (code) => {
    start();
    const modified = times();
    disk.refuses = { call: 'linkSync', code };
    writeDist(root, next);
    recoverDisk();
    expect(contents(dist)).toEqual(after);
    expect(times()).toEqual(modified);
  });
});

describe('a file that somebody adds to dist while the new tree is staged', () => {
  it('is moved over and reported', () => {
    start();
    disk.interrupts = { call: 'renameSync', by: () => put(join(dist, 'late/LATE.md'), 'mine too') };
    expect(writeDist(root, next).foreign).toEqual(['a/deep/NOTES.md', 'late/LATE.md']);
    expect(contents(dist)).toEqual({ ...after, 'late/LATE.md': 'mine too' });
    expect(leftovers(root)).toEqual([]);
  });
});

function times(): number[] {
  return ['same.yaml', 'a/deep/NOTES.md'].map((path) => Math.round(statSync(join(dist, path)).mtimeMs));
}
