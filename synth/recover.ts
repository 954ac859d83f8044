import { lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Folders } from './writer-folders';
import { isOurs, readTree } from './writer-plan';

/**
 * Mends what a killed run left behind, so that the output folder is a whole tree again and its siblings are gone. Called under the lock.
 *
 * - `.dist-next` beside dist: killed while staging. It is removed: it holds nothing but links and new text.
 * - `.dist-previous` without dist: killed between the two renames. The old tree goes back; the run that follows makes the new one anyway.
 * - `.dist-previous` beside dist: killed while the old tree was removed. The rest is removed.
 *
 * @param dead process ids of killed runs whose locks were found
 * @returns what was mended, as a sentence; undefined when there was nothing
 */
export function recover(folders: Folders, dead: readonly number[]): string | undefined {
  const done = dead.length === 0 ? [] : ['removed its lock'];
  try {
    done.push(...mend(folders));
  } catch (error) {
    const { name, next, previous } = folders;
    throw new Error(
      `An earlier run was stopped in the middle, and what it left cannot be mended (${(error as Error).message}). Nothing was written. Look at ${previous} (the old tree) and ${next} (unfinished), put the right one in the place of ${name}, remove both and synth again.`,
      { cause: error },
    );
  }
  if (done.length === 0) return undefined;
  const who = dead.length === 0 ? 'An earlier run' : `An earlier run (pid ${dead.join(', ')})`;
  return `${who} was stopped in the middle: ${done.join('; ')}.`;
}

function mend(folders: Folders): string[] {
  const { dist, next, previous, name } = folders;
  const done: string[] = [];
  if (exists(previous)) {
    if (exists(dist)) {
      const rescued = retire(folders);
      done.push(`removed what was left of the old tree (.${name}-previous)`);
      if (rescued.length > 0) done.push(`moved ${rescued.join(', ')} from there back into ${name}`);
    } else {
      renameSync(previous, dist);
      done.push(`${name} was missing and was restored from .${name}-previous`);
    }
  }
  if (exists(next)) {
    rmSync(next, { recursive: true });
    done.push(`removed an unfinished tree (.${name}-next)`);
  }
  return done;
}

/**
 * Removes the old tree after the new one is in place. Files in it that synth does not own and that the output folder does not have are moved there first.
 *
 * @returns paths of the files that were moved
 */
export function retire({ dist, previous }: Folders): string[] {
  const tree = readTree(previous);
  const foreign = [...tree.others, ...tree.files.filter((file) => !isOurs(`${previous}/${file}`))];
  const rescued = foreign.filter((path) => !exists(`${dist}/${path}`));
  for (const path of rescued) {
    mkdirSync(dirname(`${dist}/${path}`), { recursive: true });
    renameSync(`${previous}/${path}`, `${dist}/${path}`);
  }
  rmSync(previous, { recursive: true });
  return rescued;
}

function exists(path: string): boolean {
  // Not existsSync: a link that points nowhere is there too.
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
