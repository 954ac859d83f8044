import { accessSync, closeSync, constants, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { HEADER } from './header';
import { foldersAbove, type RenderedFile } from './writer-files';
import type { Folders } from './writer-folders';

/** What has to happen to the output folder. Paths are relative to it. */
export interface WritePlan {
  readonly added: readonly RenderedFile[];
  readonly changed: readonly RenderedFile[];
  /** Files of ours that are no longer rendered. */
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  readonly foreign: readonly string[];
  /** Folders that the output folder holds now, each after the one above it. */
  readonly folders: readonly string[];
  /** Whether the tree has to be replaced at all. */
  readonly restage: boolean;
}

/** Everything below a folder, relative to it. */
export interface Tree {
  readonly files: readonly string[];
  /** Symbolic links, sockets and the like. */
  readonly others: readonly string[];
  /** Each after the one above it. */
  readonly folders: readonly string[];
  /** Whether some folder holds nothing, or nothing but such folders. */
  readonly hasEmptyFolder: boolean;
}

const HEADER_BYTES = Buffer.from(HEADER);

/**
 * Compares the output folder with what is to be written, byte by byte. Reads only.
 *
 * @throws Error when a file that synth does not own is in the way, or when a folder that has to change is read-only
 */
export function planWrite({ dist, name }: Folders, files: readonly RenderedFile[]): WritePlan {
  const tree = readTree(dist);
  const present = new Set(tree.files);
  const wanted = new Set(files.map((file) => file.path));
  const added: RenderedFile[] = [];
  const changed: RenderedFile[] = [];
  const unchanged: string[] = [];
  const foreign = [...tree.others];
  for (const file of files) {
    if (!present.has(file.path)) {
      added.push(file);
      continue;
    }
    const found = compare(`${dist}/${file.path}`, file.text);
    if (found === 'same') unchanged.push(file.path);
    else if (found === 'ours') changed.push(file);
    else foreign.push(file.path);
  }
  const removed: string[] = [];
  for (const path of tree.files) {
    if (wanted.has(path)) continue;
    if (isOurs(`${dist}/${path}`)) removed.push(path);
    else foreign.push(path);
  }
  refuseForeignInTheWay(foreign, wanted, name);
  const restage = added.length + changed.length + removed.length > 0 || tree.hasEmptyFolder;
  if (restage) refuseReadOnly(dist, tree);
  return { added, changed, removed, unchanged, foreign, folders: tree.folders, restage };
}

/** Lists what is below a folder without following links. A folder that does not exist holds nothing. */
export function readTree(folder: string): Tree {
  const files: string[] = [];
  const others: string[] = [];
  const folders: string[] = [];
  let hasEmptyFolder = false;
  const read = (prefix: string): void => {
    const entries = readdirSync(`${folder}/${prefix}`, { withFileTypes: true });
    if (entries.length === 0 && prefix !== '') hasEmptyFolder = true;
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        folders.push(path);
        read(`${path}/`);
      } else if (entry.isFile()) files.push(path);
      else others.push(path);
    }
  };
  if (existsSync(folder)) read('');
  return { files, others, folders, hasEmptyFolder };
}

/** Whether synth wrote this regular file. */
export function isOurs(file: string): boolean {
  return startsWithHeader(readStart(file, HEADER_BYTES.length));
}

// One buffer for all reads: 45,000 small files are compared in well under a second this way.
let buffer = Buffer.allocUnsafe(64 * 1024);

function compare(file: string, text: string): 'same' | 'ours' | 'foreign' {
  const expected = Buffer.from(text);
  // One byte more than expected, so that a longer file shows.
  const length = readStart(file, expected.length + 1);
  if (length === expected.length && buffer.compare(expected, 0, length, 0, length) === 0) return 'same';
  return startsWithHeader(length) ? 'ours' : 'foreign';
}

function startsWithHeader(length: number): boolean {
  return length >= HEADER_BYTES.length && buffer.compare(HEADER_BYTES, 0, HEADER_BYTES.length, 0, HEADER_BYTES.length) === 0;
}

/** Reads the start of a file into the shared buffer. @returns how many bytes there were, at most `atMost` */
function readStart(file: string, atMost: number): number {
  if (buffer.length < atMost) buffer = Buffer.allocUnsafe(atMost * 2);
  const descriptor = openSync(file, 'r');
  try {
    return readSync(descriptor, buffer, 0, atMost, 0);
  } finally {
    closeSync(descriptor);
  }
}

function refuseForeignInTheWay(foreign: readonly string[], wanted: ReadonlySet<string>, name: string): void {
  if (foreign.length === 0) return;
  const wantedFolders = foldersAbove(wanted);
  for (const path of foreign) {
    const blocked = [path, ...foldersAbove([path])].find((place) => wanted.has(place));
    if (blocked === undefined && !wantedFolders.has(path)) continue;
    const expected = blocked === undefined ? 'synth wants a folder of this name there' : `synth wants to write ${name}/${blocked}`;
    throw new Error(
      `${name}/${path} is in the way: it does not start with the header of synth, so somebody else made it, and ${expected}. Move it away and synth again; nothing was written.`,
    );
  }
}

/** Without this the swap would succeed and the old tree could not be removed. */
function refuseReadOnly(dist: string, tree: Tree): void {
  if (!existsSync(dist)) return;
  for (const folder of [dist, ...tree.folders.map((path) => `${dist}/${path}`)]) {
    try {
      accessSync(folder, constants.W_OK);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      throw new Error(`${folder} is read-only (${code}), so it was left as it is. Make it writable (chmod u+w) and synth again.`, {
        cause: error,
      });
    }
  }
}
