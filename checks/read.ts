import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { SourcedObject } from '../synth/object';
import type { Finding } from './check';
import { parseText } from './parse';

/** Objects that live in one cluster: names are compared, and references resolved, inside one set only. */
export interface ObjectSet {
  /** The cluster's name, as `authorworks/production`; empty for files that belong to no cluster folder. */
  readonly name: string;
  readonly objects: readonly SourcedObject[];
}

/** What a folder of YAML and JSON files holds. */
export interface Manifests {
  readonly sets: readonly ObjectSet[];
  /** Files that could not be parsed. */
  readonly problems: readonly Finding[];
  /** Number of files that were read. */
  readonly files: number;
  /** Number of documents that are no Kubernetes objects. */
  readonly skipped: number;
}

/** A folder that holds this file is a cluster; each of its sub-folders is the Application of that name. */
export const CLUSTER_FILE = 'bootstrap.yaml';

const EXTENSIONS = new Set(['.yaml', '.yml', '.json']);

/**
 * Reads every YAML and JSON file below a folder (or one file); hidden folders, `node_modules` and links to folders are left out.
 * Each folder with a `bootstrap.yaml` is a set of its own; all other files together are one.
 * @throws the error of the file system when the folder cannot be read
 */
export function readFolder(dir: string): Manifests {
  return readFiles(statSync(dir).isDirectory() ? filesBelow(dir) : [dir]);
}

/** As {@link readFolder}, for files that are listed. */
export function readFiles(files: readonly string[]): Manifests {
  const clusters = new Set(files.filter((file) => basename(file) === CLUSTER_FILE).map((file) => dirname(file)));
  const sets = new Map<string, SourcedObject[]>();
  const problems: Finding[] = [];
  let skipped = 0;
  for (const file of files) {
    const cluster = clusterOf(file, clusters);
    const application = cluster === undefined ? undefined : relative(cluster, dirname(file)).split(sep)[0] || undefined;
    const parsed = parseText(displayPath(file), readFileSync(file, 'utf8'), application);
    problems.push(...parsed.problems);
    skipped += parsed.skipped;
    const name = cluster === undefined ? '' : resolve(cluster).split(sep).slice(-2).join('/');
    const set = sets.get(name);
    if (set === undefined) sets.set(name, [...parsed.objects]);
    else set.push(...parsed.objects);
  }
  return {
    sets: [...sets].map(([name, objects]) => ({ name, objects })).filter(({ objects }) => objects.length > 0),
    problems,
    files: files.length,
    skipped,
  };
}

/** In the order of names, so that the result does not depend on the file system. */
function filesBelow(dir: string): readonly string[] {
  const entries = readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : filesBelow(path);
    const isFile = entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() === true);
    return isFile && EXTENSIONS.has(extname(entry.name)) ? [path] : [];
  });
}

function clusterOf(file: string, clusters: ReadonlySet<string>): string | undefined {
  for (let dir = dirname(file); ; dir = dirname(dir)) {
    if (clusters.has(dir)) return dir;
    if (dir === dirname(dir)) return undefined;
  }
}

/** Relative to the working directory where the file is inside it, so that CI can show it beside the source; with `/` on every platform. */
function displayPath(file: string): string {
  const path = relative(process.cwd(), resolve(file));
  return (path.startsWith('..') || isAbsolute(path) ? resolve(file) : path).split(sep).join('/');
}
