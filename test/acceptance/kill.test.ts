import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ended, leftovers, start } from './project';
import { changingProject, expectRepair, type Project } from './variants';

// kill -9 of the real program while it changes every file of dist. Afterwards dist is one of the two renders, or the next run says what it
// repairs and makes exactly the new one. (The writer alone is killed far more often in test/synth/writer-kill.test.ts.)

const SLOW = process.env.SLOW === '1';
const KILLS = Number(process.env.SYNTH_KILLS ?? (SLOW ? 50 : 6));

/** Runs at the same time, each in a project of its own. */
const LANES = 2;

/** About how long an undisturbed run takes, in milliseconds. */
const RUN = 1_200;

/** The same moments in every test run: numbers from 0 up to 1, evenly spread, in an order that jumps. */
const moment = (index: number) => (index * 0.618034) % 1;

async function killOnce(project: Project, index: number): Promise<'writing' | 'elsewhere' | 'too late'> {
  const { root, become, variantIn } = project;
  const before = variantIn(join(root, 'dist'));
  become(before === 'A' ? 'B' : 'A');
  const child = start(root);
  const end = ended(child);
  if (index % 3 === 0) await later(moment(index) * RUN);
  else {
    // Two of three moments lie in the write, which is a small part of the run.
    const gone = end.then(() => true);
    while (!existsSync(join(root, '.dist-next')) && (await Promise.race([gone, later(1, false)])) !== true);
    await later(moment(index) * 60);
  }
  child.kill('SIGKILL');
  const { code } = await end;

  const left = variantIn(join(root, 'dist'));
  // Between the two renames there is no dist; the old one stands beside it.
  if (left === undefined) expect(variantIn(join(root, '.dist-previous'))).toBe(before);
  if (code !== null) return 'too late';
  return leftovers(root).some((name) => !name.startsWith('.dist-lock-')) ? 'writing' : 'elsewhere';
}

it(`dist is whole after ${KILLS} kills, and the next run makes exactly its own`, { timeout: 60_000 + KILLS * 15_000 }, async () => {
  const lanes = Array.from({ length: LANES }, () => changingProject());
  const hit = { writing: 0, elsewhere: 0, 'too late': 0 };
  await Promise.all(
    lanes.map(async (project, lane) => {
      for (let index = lane; index < KILLS; index += LANES) {
        hit[await killOnce(project, index)] += 1;
        // Every other kill hits what the kill before it left.
        if (SLOW || index + LANES >= KILLS) await expectRepair(project, index % 4 < 2 ? 'A' : 'B');
      }
    }),
  );
  // Kills that come too late, or never in the middle of the write, show nothing.
  expect(hit['too late']).toBeLessThan(KILLS / 2);
  expect(hit.writing).toBeGreaterThan(0);
});
