import { HEADER } from './header';

/** One file to write. */
export interface RenderedFile {
  /** Relative to the output folder, with `/` between folders; no `.` or `..` in it. */
  readonly path: string;
  /** The whole content; begins with {@link HEADER} on a line of its own. */
  readonly text: string;
}

/**
 * Refuses a list of files that could not be written as one tree.
 *
 * @throws Error that names the first file that is wrong
 */
export function checkFiles(files: readonly RenderedFile[]): void {
  const paths = new Set<string>();
  for (const { path, text } of files) {
    if (!isRelative(path)) {
      throw new Error(
        `Cannot write '${path}': a rendered path must be relative to the output folder, with '/' between its parts and without '.' or '..'.`,
      );
    }
    if (paths.has(path)) {
      throw new Error(`Cannot write '${path}' twice: two rendered files have this path. Give one of the two objects another name.`);
    }
    if (!text.startsWith(`${HEADER}\n`)) {
      throw new Error(`Cannot write '${path}': its first line must be the header of synth, by which the next run knows its own files.`);
    }
    paths.add(path);
  }
  for (const folder of foldersAbove(paths)) {
    if (paths.has(folder)) throw new Error(`Cannot write '${folder}': it is a rendered file and the folder of another rendered file.`);
  }
}

/** Every folder above these paths, without the output folder itself. */
export function foldersAbove(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end !== -1; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

function isRelative(path: string): boolean {
  if (/[\\\0]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
