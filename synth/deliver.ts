import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { writeStream } from './deliver-stream';
import { type RenderedFile, type WriteSummary, writeDist } from './writer';

/** The one file in the scratch folder. */
const POINTER = 'see-dist.yaml';

/** Where this run was asked to write to. */
export interface DeliverOptions {
  /** The project: the folder of the program, which holds dist. Absolute. */
  readonly root: string;
  /** `output` in cdk8s.yaml, relative to `root`: the folder that the cdk8s CLI empties before the program starts. */
  readonly scratch: string;
  /** `CDK8S_OUTDIR`, as the cdk8s CLI sets it; relative to `cwd`. @default - the program was started without the CLI: dist is written */
  readonly outdir?: string;
  /** Folder that the program was started in. Absolute. */
  readonly cwd: string;
}

/** Where output goes. */
export interface Destination {
  /**
   * - `dist`: the project's own dist, swapped in one step
   * - `folder`: another folder (`cdk8s synth -o other`), written in the same way; dist is left alone
   * - `stream`: the temporary folder of `cdk8s synth --stdout`, one file; dist is left alone
   */
  readonly kind: 'dist' | 'folder' | 'stream';
  /** Absolute path. */
  readonly folder: string;
  /** What the reader must know, in a sentence. @default - nothing */
  readonly warning?: string;
}

/** What was written, and where. */
export interface Delivery extends Destination {
  readonly summary: WriteSummary;
}

/**
 * Writes rendered files to where the cdk8s CLI, or nobody, asked for them.
 *
 * @throws Error as {@link destination} and {@link writeDist} do
 */
export function deliver(options: DeliverOptions, files: readonly RenderedFile[]): Delivery {
  const to = destination(options);
  if (to.kind === 'stream') return { ...to, summary: writeStream(to.folder, files) };
  if (to.kind === 'dist') createScratch(resolve(options.root, options.scratch));
  else mkdirSync(dirname(to.folder), { recursive: true });
  const summary = writeDist(dirname(to.folder), files, basename(to.folder));
  if (to.kind === 'dist') leavePointer(resolve(options.root, options.scratch));
  return { ...to, summary };
}

/** The CLI lists what it finds in its output folder, and would otherwise say that nothing was synthesized. */
function leavePointer(scratch: string): void {
  try {
    writeFileSync(join(scratch, POINTER), '# The manifests are in dist/.\n');
  } catch {
    // Only a courtesy: dist is written, and a full disk must not turn that into a failure.
  }
}

/**
 * Decides where output goes, without writing. Worth calling before anything is rendered, as it refuses what cannot work.
 *
 * @throws Error when the output folder lies in dist, or holds the project
 */
export function destination({ root, scratch, outdir, cwd }: DeliverOptions): Destination {
  const project = realpathSync(root);
  const dist = join(project, 'dist');
  if (outdir === undefined || outdir === '') return { kind: 'dist', folder: dist };
  const folder = place(resolve(cwd, outdir));
  if (folder === place(resolve(project, scratch))) return { kind: 'dist', folder: dist };
  if (folder === dist) return { kind: 'dist', folder: dist, warning: emptied(dist) };
  if (isInside(folder, dist)) {
    throw new Error(`Cannot write to ${folder}: it lies in dist, and cdk8s has emptied it already. Leave out --output and synth again.`);
  }
  if (folder === project || isInside(dist, folder))
    throw new Error(`Cannot write to ${folder}: it holds the project. Choose another folder.`);
  return { kind: isTemporary(folder) ? 'stream' : 'folder', folder };
}

function emptied(dist: string): string {
  return `cdk8s deleted ${dist} before rendering, because --output named it: every file is new, and files that synth does not own are gone. Leave out --output.`;
}

/**
 * The CLI makes the folder of `--stdout` itself (`cdk8s-` and six characters), while it deletes the folder of `--output`: a folder of such a
 * name that is there, and empty, is the former.
 */
function isTemporary(folder: string): boolean {
  if (!/^cdk8s-[A-Za-z0-9]{6}$/.test(basename(folder))) return false;
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && readdirSync(folder).length === 0;
}

/** The CLI complains when its output folder is not there afterwards. Never a link: a link to dist would let the CLI empty dist. */
function createScratch(scratch: string): void {
  const found = lstatSync(scratch, { throwIfNoEntry: false });
  if (found === undefined) mkdirSync(scratch, { recursive: true });
  else if (!found.isDirectory()) {
    throw new Error(
      `${scratch} must be a folder: the cdk8s CLI empties it, and through a link it would empty something else. Remove it and synth again.`,
    );
  }
}

/** The path with the links above it resolved, as far as it exists. Not the last part: a link there is refused by who writes to it. */
function place(path: string): string {
  const parent = dirname(path);
  if (parent === path) return path;
  return join(existsSync(parent) ? realpathSync(parent) : place(parent), basename(path));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}
