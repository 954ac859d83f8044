import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeDist } from '../../synth/writer';
import { compiledFixtures, ended } from './fixtures/processes';
import { asContents, bigTree, contents, leftovers, projectFolder } from './fixtures/trees';

/** How many runs are killed. A slower suite sets WRITER_KILLS higher. */
const KILLS = Number(process.env.WRITER_KILLS ?? 30);

/** Runs at the same time, each in a project of its own. */
const LANES = 3;

const trees = { A: asContents(bigTree('A')), B: asContents(bigTree('B')) };
// In memory where that is possible: some 50,000 files are made and removed, and a kill does not care what the disk is.
const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const roots = Array.from({ length: LANES }, () => projectFolder(parent));
const programs = compiledFixtures();
const seen = { A: 0, B: 0, missing: 0, atWork: 0, halfDone: 0 };

beforeAll(() => {
  for (const root of roots) writeDist(root, bigTree('B'));
});

afterAll(() => {
  for (const folder of [...roots, programs.folder]) rmSync(folder, { recursive: true, force: true });
});

/** Which tree a folder holds, to the byte; undefined for no folder, an error for a mixture. */
function treeIn(folder: string): 'A' | 'B' | undefined {
  const found = contents(folder);
  if (found === undefined) return undefined;
  const letter = 'only-A/app-0/service-0.yaml' in found ? 'A' : 'B';
  expect(found).toEqual(trees[letter]);
  return letter;
}

async function killOnce(root: string, delay: number): Promise<void> {
  const child = programs.start('swap-loop.ts', [root]);
  const end = ended(child);
  await new Promise((writing) => child.stdout?.once('data', writing));
  await new Promise((later) => setTimeout(later, delay));
  child.kill('SIGKILL');
  expect((await end).stderr).toBe('');

  const left = treeIn(join(root, 'dist'));
  if (left === undefined) expect(treeIn(join(root, '.dist-previous'))).toBeDefined();
  seen[left ?? 'missing']++;

  const letter = left === 'A' ? 'B' : 'A';
  const beside = leftovers(root);
  const { repaired } = writeDist(root, bigTree(letter));
  if (beside.length > 0) {
    expect(repaired).toContain(`pid ${child.pid}`);
    seen.atWork++;
  }
  if (beside.some((name) => !name.startsWith('.dist-lock-'))) {
    expect(repaired).toMatch(/unfinished tree|old tree|restored/);
    seen.halfDone++;
  }
  expect(treeIn(join(root, 'dist'))).toBe(letter);
  expect(leftovers(root)).toEqual([]);
}

it(`leaves one whole tree when it is killed, ${KILLS} times, and the next run leaves exactly its own`, {
  timeout: 5_000 + KILLS * 2_000,
}, async () => {
  await Promise.all(
    roots.map(async (root, lane) => {
      // Delays that step through the phases of several writes; the scheduler adds the randomness.
      for (let kill = lane; kill < KILLS; kill += LANES) await killOnce(root, (kill * 37) % 120);
    }),
  );
  expect(seen.A + seen.B + seen.missing).toBe(KILLS);
  // Most kills must hit a run at work, or the test has shown nothing.
  expect(seen.atWork).toBeGreaterThan(KILLS / 2);
  expect(seen.halfDone).toBeGreaterThan(0);
});
