import { copyFileSync, linkSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { foldersAbove } from './writer-files';
import { type Folders, mountPoint } from './writer-folders';
import type { WritePlan } from './writer-plan';

/** Errors of `link` that say "not here" rather than "not at all": another owner, no links on this disk, too many links. */
const CANNOT_LINK = new Set(['EPERM', 'EACCES', 'EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/**
 * Builds the whole new tree beside the output folder, which is only read. Files that stay are hard links, so their modification time stays too.
 *
 * @throws Error when the disk refuses; what was staged is removed again
 */
export function stage({ dist, next, name }: Folders, plan: WritePlan): void {
  try {
    mkdirSync(next);
    const written = [...plan.added, ...plan.changed];
    // A folder sorts before what is in it.
    const folders = [...foldersAbove([...written.map((file) => file.path), ...plan.unchanged, ...plan.foreign])].sort();
    for (const folder of folders) mkdirSync(`${next}/${folder}`);
    // 'wx': a new file, never through a link into the old tree.
    for (const file of written) writeFileSync(`${next}/${file.path}`, file.text, { flag: 'wx' });
    for (const path of [...plan.unchanged, ...plan.foreign]) carryOver(`${dist}/${path}`, `${next}/${path}`);
  } catch (error) {
    removeQuietly(next);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EXDEV') throw new Error(mountPoint(dist), { cause: error });
    const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : 'the new tree could not be staged';
    throw new Error(`${name} was left as it was: ${reason} (${message}).`, { cause: error });
  }
}

function carryOver(from: string, to: string): void {
  const found = lstatSync(from);
  if (found.isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to);
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    if (!found.isFile() || !CANNOT_LINK.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copyFileSync(from, to);
    utimesSync(to, found.atime, found.mtime);
  }
}

/** A leftover is harmless, the next run removes it; the error that led here matters more. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {}
}
