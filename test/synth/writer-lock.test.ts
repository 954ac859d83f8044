import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDist } from '../../synth/writer';
import { acquireLock } from '../../synth/writer-lock';
import { placeOfProcesses, startOfProcess } from '../../synth/writer-process';
import { ended, startFixture } from './fixtures/processes';
import { asContents, bigTree, contents, leftovers, projectFolder, rendered } from './fixtures/trees';

let root: string;

beforeEach(() => {
  root = projectFolder();
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const files = [rendered('a.yaml', 'x: 1')];

/** Above what any system hands out, so that no such process exists. */
const NO_SUCH_PROCESS = 99_999_999;

function putLock(pid: number, started: string, place = placeOfProcesses()): string {
  const file = join(root, `.dist-lock-${pid}-${started}-${place}`);
  writeFileSync(file, '');
  return file;
}

describe('a lock that somebody holds', () => {
  it('makes the second run fail with the process id, and nothing is written', () => {
    const lock = acquireLock(root, 'dist');
    expect(() => acquireLock(root, 'dist', 100)).toThrow(`process ${process.pid} (`);
    expect(() => writeDist(root, files)).toThrow('Another synth is writing dist');
    lock.release();
    expect(contents(root)).toEqual({});
    expect(writeDist(root, files).added).toEqual(['a.yaml']);
  });

  it('does not hold up another output folder', () => {
    const lock = acquireLock(root, 'dist');
    expect(writeDist(root, files, 'other').added).toEqual(['a.yaml']);
    lock.release();
  });

  it('counts as held for two minutes when it comes from another container or machine, whose processes cannot be seen', () => {
    const file = putLock(NO_SUCH_PROCESS, '1', 'elsewhere');
    expect(() => acquireLock(root, 'dist', 50)).toThrow('of another container or machine');
    const old = new Date(Date.now() - 130_000);
    utimesSync(file, old, old);
    acquireLock(root, 'dist', 50).release();
    expect(leftovers(root)).toEqual([]);
  });
});

describe('a lock of a dead process', () => {
  it('is removed, and the run says so', () => {
    putLock(NO_SUCH_PROCESS, '1');
    expect(writeDist(root, files).repaired).toBe(`An earlier run (pid ${NO_SUCH_PROCESS}) was stopped in the middle: removed its lock.`);
    expect(leftovers(root)).toEqual([]);
  });

  it('is told from a live process that was given the same id later', () => {
    putLock(process.pid, '1');
    expect(writeDist(root, files).added).toEqual(['a.yaml']);
    expect(leftovers(root)).toEqual([]);
  });

  it('is removed after a real kill -9', async () => {
    const child = startFixture('swap-loop.ts', [root]);
    const end = ended(child);
    await new Promise((written) => child.stdout?.once('data', written));
    child.kill('SIGKILL');
    await end;
    writeDist(root, bigTree('A'));
    expect(contents(join(root, 'dist'))).toEqual(asContents(bigTree('A')));
    expect(leftovers(root)).toEqual([]);
  });
});

describe('runs at the same time', () => {
  it('each write their whole tree or fail with the process id of the other', async () => {
    const runs = ['A', 'B', 'A', 'B'].map((letter) => startFixture('write-once.ts', [root, letter]));
    const ends = await Promise.all(runs.map(ended));
    const pids = new Set(runs.map((run) => String(run.pid)));
    for (const { code, stderr } of ends) {
      if (code === 0) continue;
      const named = /Another synth is writing dist: process (\d+)/.exec(stderr)?.[1] ?? stderr;
      expect(pids).toContain(named);
    }
    expect(ends.some(({ code }) => code === 0)).toBe(true);
    expect([asContents(bigTree('A')), asContents(bigTree('B'))]).toContainEqual(contents(join(root, 'dist')));
    expect(readdirSync(root)).toEqual(['dist']);
  });

  it('wait a moment for each other before they fail', async () => {
    const lock = acquireLock(root, 'dist');
    setTimeout(() => lock.release(), 1_000);
    expect(await ended(startFixture('write-once.ts', [root, 'B']))).toMatchObject({ code: 0, stderr: '' });
    expect(contents(join(root, 'dist'))).toEqual(asContents(bigTree('B')));
  });
});

describe('the start of a process', () => {
  it.skipIf(process.platform !== 'linux')('is unknown for a zombie, which can hold no lock (Linux: reads /proc)', async () => {
    // The shell becomes a long `sleep`, which never waits for the short one.
    const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const zombie = Number(await new Promise((said) => parent.stdout.once('data', said)));
    const state = () => / ([A-Z]) /.exec(readFileSync(`/proc/${zombie}/stat`, 'utf8'))?.[1];
    while (state() !== 'Z') await new Promise((later) => setTimeout(later, 5));
    expect(startOfProcess(zombie)).toBeUndefined();
    parent.kill();
  });

  it('is the same each time it is asked for, and unknown for a process that does not exist', () => {
    expect(startOfProcess(process.pid)).toMatch(/^[A-Za-z0-9]+$/);
    expect(startOfProcess(process.pid)).toBe(startOfProcess(process.pid));
    expect(startOfProcess(NO_SUCH_PROCESS)).toBeUndefined();
  });
});
