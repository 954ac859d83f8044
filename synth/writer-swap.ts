import { existsSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { retire } from './recover';
import { type Folders, mountPoint } from './writer-folders';
import type { WritePlan } from './writer-plan';

/**
 * Puts the staged tree in the place of the output folder and removes the old one.
 *
 * @returns paths of files that appeared in the old tree while the new one was staged; they were moved over
 * @throws Error when a rename is refused: the output folder is then the old one. Or when the old tree cannot be removed: it is then the new one
 */
export function swap(folders: Folders, plan: WritePlan): readonly string[] {
  const { dist, next, previous, name } = folders;
  const replaces = existsSync(dist);
  try {
    if (replaces) renameSync(dist, previous);
    try {
      renameSync(next, dist);
    } catch (error) {
      if (replaces) renameSync(previous, dist);
      throw error;
    }
  } catch (error) {
    rmSync(next, { recursive: true, force: true });
    throw new Error(`${name} was left as it was: ${whyNot(error as NodeJS.ErrnoException, dist)}`, { cause: error });
  }
  if (!replaces) return [];
  try {
    removeKnown(previous, plan);
    return existsSync(previous) ? retire(folders) : [];
  } catch (error) {
    throw new Error(`${name} is the new one, but the old one could not be removed from ${previous} (${(error as Error).message}).`, {
      cause: error,
    });
  }
}

function whyNot({ code, message }: NodeJS.ErrnoException, dist: string): string {
  if (code === 'EBUSY') return mountPoint(dist);
  if (code === 'EXDEV') {
    return `${dist} lies in a lower layer of a container's file system, where a folder cannot be renamed. Remove it and synth again.`;
  }
  return `it could not be replaced (${message}).`;
}

/** Removes just what the plan has seen: faster than asking the disk again, and nothing that is not known is lost. */
function removeKnown(previous: string, plan: WritePlan): void {
  const files = [...plan.changed.map((file) => file.path), ...plan.removed, ...plan.unchanged, ...plan.foreign];
  for (const file of files) ignoring(['ENOENT'], () => unlinkSync(`${previous}/${file}`));
  const folders = [previous, ...plan.folders.map((folder) => `${previous}/${folder}`)];
  for (const folder of folders.reverse()) ignoring(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => rmdirSync(folder));
}

function ignoring(codes: readonly string[], action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
