import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/** The output folder and its two siblings, as absolute paths. */
export interface Folders {
  /** Folder that holds the other three. */
  readonly root: string;
  /** The output folder as messages name it. */
  readonly name: string;
  readonly dist: string;
  /** Where the new tree is staged. */
  readonly next: string;
  /** Where the old tree waits between the two renames, and until it is removed. */
  readonly previous: string;
}

/**
 * Names the output folder and its siblings.
 *
 * @throws Error when `name` is a path instead of a name
 */
export function foldersOf(root: string, name: string): Folders {
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name)) {
    throw new Error(`The output folder '${name}' must be the name of one folder inside ${root}, without a path.`);
  }
  return { root, name, dist: join(root, name), next: join(root, `.${name}-next`), previous: join(root, `.${name}-previous`) };
}

/**
 * The swap renames the output folder itself. That works, and means what it says, only on a real folder of the same disk.
 *
 * @throws Error when the output folder is a link, a file or a mount point
 */
export function refuseUnlessFolder({ root, dist }: Folders): void {
  const found = lstatSync(dist, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isSymbolicLink()) {
    throw new Error(`${dist} is a symbolic link; synth replaces the folder, so it must be a real one. Remove the link and synth again.`);
  }
  if (!found.isDirectory()) {
    throw new Error(`${dist} is not a folder, and synth writes a folder there. Move it away and synth again.`);
  }
  if (found.dev !== lstatSync(root).dev) throw new Error(mountPoint(dist));
}

/** What to say of an output folder that cannot be renamed. */
export function mountPoint(dist: string): string {
  return `${dist} is a mount point or holds one, so it cannot be replaced in one step. Mount the folder above it instead, and synth again.`;
}
