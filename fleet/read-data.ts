import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LoadedContract } from '../charts/aws/contract';
import { loadContract } from '../charts/aws/load';
import { DataError } from '../charts/aws/problem';
import { type LoadedReleases, loadReleases, type ReleaseRules } from '../charts/aws/releases';

/**
 * Reads a cluster's `aws.yaml`.
 * @param file - its path below `root`, which messages repeat as given
 * @param root - the project's folder; @default - the folder that the program was started in
 * @throws DataError when the file is missing or wrong, with all its problems
 */
export function readContract(file: string, root = '.'): LoadedContract {
  return loadContract(read(root, file, 'every cluster has one, made from the outputs of its AWS layer: see docs/aws-contract.md'), file);
}

/**
 * Reads a `releases.yaml`.
 * @param file - its path below `root`, which messages repeat as given
 * @param root - the project's folder; @default - the folder that the program was started in
 * @throws DataError when the file is missing or wrong, with all its problems
 */
export function readReleases(file: string, rules: ReleaseRules, root = '.'): LoadedReleases {
  return loadReleases(read(root, file, 'every environment has one, with the tag of every image: see docs/releases.md'), file, rules);
}

/** Folders of clusters and environments below overlays/, as `authorworks/dev`, sorted. @param root - the project's folder */
export function overlayFolders(root: string): readonly string[] {
  const below = (platform: string) => foldersIn(join(root, 'overlays', platform)).map((folder) => `${platform}/${folder}`);
  return foldersIn(join(root, 'overlays')).flatMap(below).sort();
}

/** Clusters below overlays/ that have a name lock, as `authorworks/dev`, sorted: those that were rendered once. @param root - the project's folder */
export function lockedClusters(root: string): readonly string[] {
  return overlayFolders(root).filter((name) => existsSync(join(root, 'overlays', name, 'names.yaml')));
}

/** A file of TypeScript below apps/. */
export interface AppSource {
  /** As `apps/authorworks/gateway.ts`. */
  readonly file: string;
  readonly text: string;
}

/** Every file of TypeScript in the platforms' folders below apps/, sorted. @param root - the project's folder */
export function appSources(root: string): readonly AppSource[] {
  return foldersIn(join(root, 'apps')).flatMap((platform) =>
    readdirSync(join(root, 'apps', platform), { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => `apps/${platform}/${name}`)
      .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') })),
  );
}

function foldersIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function read(root: string, file: string, mend: string): string {
  const refuse = (found: string, toMend = mend) => new DataError(file, [{ path: [], found, expected: 'a YAML file', mend: toMend }]);
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(root, file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw refuse('no such file');
    if (code === 'EISDIR') throw refuse('a folder');
    throw refuse(`a file that cannot be read (${String(code ?? error)})`, 'check its permissions');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('bytes that are no UTF-8', 'save the file as UTF-8');
  }
}
