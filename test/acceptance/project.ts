import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll } from 'vitest';

/** The project under test. */
export const repository = resolve(__dirname, '../..');

/** Everything that the program reads; tests and docs are left out. */
const SOURCES = [
  'main.ts',
  'cdk8s.yaml',
  'package.json',
  'tsconfig.json',
  'apps',
  'charts',
  'checks',
  'fleet',
  'imports',
  'overlays',
  'synth',
];

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** A new empty folder, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'acceptance-'));
  made.push(folder);
  return folder;
}

/** A copy of what the program reads and writes as data for some clusters: overlays and, unless it is left out, dist, with modification times. */
export function copyOfData(clusters: readonly string[], { dist = true } = {}): string {
  return copy(clusters.flatMap((cluster) => [`overlays/${cluster}`, ...(dist ? [`dist/${cluster}`] : [])]));
}

/** A copy of the whole program that can be changed and run, with or without its dist. For {@link run}. */
export function copyOfProject({ dist = true, at = temporaryFolder() } = {}): string {
  const root = copy([...SOURCES, ...(dist ? ['dist'] : [])], at);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  return root;
}

function copy(names: readonly string[], root = temporaryFolder()): string {
  for (const name of names) cpSync(join(repository, name), join(root, name), { recursive: true, preserveTimestamps: true });
  return root;
}

/** What a run said, and how it ended. */
export interface Outcome {
  /** Exit code; null when the run was killed. */
  readonly code: number | null;
  readonly text: string;
}

/** Where and how {@link run} and {@link start} run. */
export interface RunOptions {
  /** @default - the project's folder */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts main.ts of a copy of the project as cdk8s.yaml does. */
export function start(root: string, { cwd = root, env = {} }: RunOptions = {}): ChildProcess {
  const args = ['--require', join(repository, 'node_modules/ts-node/register'), join(root, 'main.ts')];
  return spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } });
}

/** Runs main.ts of a copy of the project. */
export function run(root: string, options?: RunOptions): Promise<Outcome> {
  return ended(start(root, options));
}

/** Runs the real cdk8s CLI in a copy of the project. */
export function cdk8s(root: string, args: readonly string[], { cwd = root, env = {} }: RunOptions = {}): Promise<Outcome> {
  const cli = join(root, 'node_modules/.bin/cdk8s');
  return ended(spawn(cli, ['synth', '--no-check-upgrade', ...args], { cwd, env: { ...process.env, ...env } }));
}

/** The end of a process, with what it wrote to standard error. */
export function ended(child: ChildProcess): Promise<Outcome> {
  let text = '';
  child.stderr?.on('data', (data) => {
    text += data;
  });
  child.stdout?.resume();
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ code, text }));
  });
}

/** Files of a folder: their text by path; undefined when the folder is not there. */
export function contents(folder: string): Readonly<Record<string, string>> | undefined {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return undefined;
  return Object.fromEntries(filesOf(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Text, modification time and inode of every file of some folders: equal only when nothing was written. */
export function fingerprint(root: string, folders: readonly string[] = ['dist', 'overlays']): Readonly<Record<string, string>> {
  const entries = folders.flatMap((folder) =>
    filesOf(join(root, folder)).map((path) => {
      const file = join(root, folder, path);
      const { mtimeNs, ino } = lstatSync(file, { bigint: true });
      return [`${folder}/${path}`, `${mtimeNs} ${ino} ${readFileSync(file, 'utf8')}`] as const;
    }),
  );
  return Object.fromEntries(entries);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** What the writer would leave beside dist if it was stopped. */
export function leftovers(root: string): string[] {
  return readdirSync(root).filter((name) => name.startsWith('.dist'));
}

/** Replaces a text that must stand exactly once in a file of the copy. */
export function edit(root: string, file: string, from: string, to: string): void {
  const path = join(root, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} holds ${JSON.stringify(from)} ${parts.length - 1} times; the test expects it once.`);
  writeFileSync(path, parts.join(to));
}

/** Writes a file of the copy, and the folders above it. */
export function put(root: string, file: string, text: string): void {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}
