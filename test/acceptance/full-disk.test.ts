import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { contents, leftovers, run, temporaryFolder } from './project';
import { canMount, changingProject, expectRepair, fill, mount } from './variants';

// The disk fills up while the real program changes every file of dist. (The writer alone: test/synth/writer-disk.test.ts.)

const mountable = canMount(temporaryFolder());
let disk: string | undefined;

afterEach(() => {
  if (disk !== undefined) execFileSync('umount', [disk]);
  disk = undefined;
});

/** Free bytes of the disk when the run starts; the new tree needs about 1.6 MB. */
const ROOM = process.env.SLOW === '1' ? [0, 8_192, 100_000, 400_000, 800_000, 1_200_000] : [400_000];

it.skipIf(!mountable).each(ROOM)(
  'with %d bytes left dist stays as it was, the error says why, and the next run with room makes exactly the new one (needs root on Linux: mounts a tmpfs)',
  { timeout: 120_000 },
  async (room) => {
    disk = temporaryFolder();
    mount(disk, '24m');
    const project = changingProject(disk);
    const { root, become, variantIn } = project;
    const overlays = contents(join(root, 'overlays'));
    const { bavail, bsize } = statfsSync(disk);
    become('B');
    fill(join(root, 'filler'), bavail * bsize - room);

    const { code, text } = await run(root);
    expect(code).toBe(1);
    expect(text).toMatch(/dist was left as it was: .*(disk is full|ENOSPC)|cannot.*ENOSPC/);
    expect(variantIn(join(root, 'dist'))).toBe('A');
    expect(leftovers(root)).toEqual([]);
    expect(contents(join(root, 'overlays'))).toEqual(overlays);

    rmSync(join(root, 'filler'));
    await expectRepair(project, 'B');
  },
);
