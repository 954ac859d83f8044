import { recover } from './recover';
import { checkFiles, type RenderedFile } from './writer-files';
import { type Folders, foldersOf, refuseUnlessFolder } from './writer-folders';
import { acquireLock } from './writer-lock';
import { planWrite } from './writer-plan';
import { stage } from './writer-stage';
import { swap } from './writer-swap';

export type { RenderedFile } from './writer-files';

/** What one call of {@link writeDist} did. Paths are relative to the folder that was written, sorted. */
export interface WriteSummary {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** How many files stayed as they were, with their modification time. */
  readonly unchanged: number;
  /** Files and links that synth does not own; carried over as they are. */
  readonly foreign: readonly string[];
  /** What was mended of an earlier run that was killed, in words. @default - there was nothing to mend */
  readonly repaired?: string;
}

/**
 * Makes `<root>/<name>` hold exactly `files`, plus the files in it that synth does not own. The new tree is staged beside it and put in
 * place by two renames, so after a kill or on a full disk there is the old tree or the new one. When no byte would change, nothing is touched.
 *
 * @param root folder that holds the output folder, as an absolute path
 * @param name name of the output folder. Its siblings `.<name>-next`, `.<name>-previous` and `.<name>-lock-*` are used and removed
 * @throws Error when `files` or the output folder are not as they must be, when another run is writing, or when the disk refuses;
 * the output folder is then as it was before
 */
export function writeDist(root: string, files: readonly RenderedFile[], name = 'dist'): WriteSummary {
  checkFiles(files);
  const folders = foldersOf(root, name);
  const lock = acquireLock(root, name);
  try {
    refuseUnlessFolder(folders);
    const repaired = recover(folders, lock.dead);
    try {
      return { ...write(folders, files), ...(repaired === undefined ? {} : { repaired }) };
    } catch (error) {
      // A repair that is followed by an error must still be told.
      if (repaired === undefined || !(error instanceof Error)) throw error;
      throw new Error(`${error.message}\nBefore that: ${repaired}`, { cause: error });
    }
  } finally {
    lock.release();
  }
}

function write(folders: Folders, files: readonly RenderedFile[]): WriteSummary {
  // Once more: a folder that was put back is only now there to be looked at.
  refuseUnlessFolder(folders);
  const plan = planWrite(folders, files);
  const foreign = [...plan.foreign];
  if (plan.restage) {
    stage(folders, plan);
    foreign.push(...swap(folders, plan));
  }
  return {
    added: plan.added.map((file) => file.path).sort(),
    changed: plan.changed.map((file) => file.path).sort(),
    removed: [...plan.removed].sort(),
    unchanged: plan.unchanged.length,
    foreign: foreign.sort(),
  };
}
