import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layer, unusedImages, unusedSecretVersions } from '../charts/aws/releases';
import type { Finding } from '../checks/check';
import { runChecks } from '../checks/run';
import { deliver, destination } from '../synth/deliver';
import { describeDelivery } from '../synth/deliver-text';
import { checkNames } from '../synth/names';
import { emptyLock, formatLock, type LockFile, parseLock } from '../synth/names-file';
import type { RenderedFile } from '../synth/writer';
import { clusters as fleet } from './clusters';
import type { ClusterDefinition } from './definition';
import { findingText } from './finding-text';
import { forgottenClusters } from './forgotten-clusters';
import { renderedCharts } from './helm/cache';
import { appSources, lockedClusters, overlayFolders, readContract, readReleases } from './read-data';
import { type ClusterData, renderCluster } from './render';
import { unlisted } from './unlisted';

/** Where the program runs. */
export interface SynthOptions {
  /** The project's folder. Absolute. */
  readonly root: string;
  /** Folder that the program was started in. Absolute. */
  readonly cwd: string;
  /** `CDK8S_OUTDIR` as the cdk8s CLI sets it. @default - started without the CLI */
  readonly outdir?: string;
  /** Receives what people should read. */
  readonly print: (text: string) => void;
  /** @default - every cluster of the fleet */
  readonly clusters?: readonly ClusterDefinition[];
}

/** What one cluster adds to a run. */
interface Outcome {
  readonly files: readonly RenderedFile[];
  readonly lock: LockFile;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** `output` in cdk8s.yaml: the folder that the CLI empties. */
const SCRATCH = '.scratch';

/**
 * Renders the fleet, checks it, and only then writes. Every cluster's problems are reported, not only the first's.
 * @returns the exit code: 0, or 1 when anything was wrong, in which case nothing was written
 */
export function synth({ root, cwd, outdir, print, clusters = fleet }: SynthOptions): 0 | 1 {
  const where = { root, scratch: SCRATCH, cwd, ...(outdir === undefined ? {} : { outdir }) };
  const problems: string[] = [];
  const outcomes: Outcome[] = [];
  try {
    destination(where);
    const locked = lockedClusters(root);
    problems.push(...forgottenClusters(locked, clusters));
    const nowhere = unlisted({ sources: appSources(root), folders: overlayFolders(root), locked }, clusters);
    for (const definition of clusters) {
      try {
        outcomes.push(renderOne(root, definition));
      } catch (error) {
        problems.push(`${definition.name}: ${messageOf(error)}`);
      }
    }
    for (const warning of [...nowhere, ...outcomes.flatMap((outcome) => outcome.warnings)]) print(`Warning: ${warning}`);
    // What clusters have in common is said once.
    for (const notice of [...new Set(outcomes.flatMap((outcome) => outcome.notices))].sort()) print(`Notice: ${notice}`);
    if (problems.length > 0) {
      print(`${problems.join('\n\n')}\n\nNothing was written.`);
      return 1;
    }
    const delivery = deliver(
      where,
      outcomes.flatMap((outcome) => outcome.files),
    );
    print(describeDelivery(delivery));
    if (delivery.kind === 'dist') for (const { lock } of outcomes) saveLock(root, lock);
    return 0;
  } catch (error) {
    print(messageOf(error));
    return 1;
  }
}

/** Renders and checks one cluster; its objects are let go when this returns. */
function renderOne(root: string, definition: ClusterDefinition): Outcome {
  const data = readData(root, definition);
  const { files, objects, facts, images, pinnedSecrets, notices } = renderCluster(definition, data);
  const { findings, notRun } = runChecks(objects, facts);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const { problems, next } = checkNames(readLock(root, definition.name), objects);
  if (errors.length + problems.length > 0) throw new Error([...errors.map(findingText), ...problems].join('\n\n'));
  return {
    files,
    lock: next,
    notices,
    warnings: [
      ...warningsOf(definition.name, findings),
      ...unused(data, images, pinnedSecrets),
      ...notRun.map(({ check, missing }) => `${definition.name}: check ${check} did not run: it needs ${missing.join(', ')}`),
    ],
  };
}

function warningsOf(cluster: string, findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ severity }) => severity === 'warning').map((finding) => `${cluster}: ${findingText(finding)}`);
}

/** Entries of a releases file that nothing uses: leftovers, or names that are misspelt. */
function unused({ releases }: ClusterData, images: readonly string[], pinnedSecrets: readonly string[]): readonly string[] {
  const file = releases.files.join(', ');
  return [
    ...unusedImages(releases, images).map(
      (image) => `${file}: images.${image}: no workload uses this image. Take the entry out, or correct its name.`,
    ),
    ...unusedSecretVersions(releases, pinnedSecrets).map(
      (name) => `${file}: secretVersions.${name}: no workload pins this secret. Take the entry out, or correct its name.`,
    ),
  ];
}

/** Data files of a cluster. */
export function readData(root: string, { name, releases, environment, tags, props }: ClusterDefinition): ClusterData {
  return {
    aws: readContract(`overlays/${name}/aws.yaml`, root),
    releases: releases.map((file) => readReleases(file, { environment, tags }, root)).reduce(layer),
    ...(props.delivery === 'rendered' ? { charts: renderedCharts(root) } : {}),
  };
}

function readLock(root: string, cluster: string): LockFile {
  const file = `overlays/${cluster}/names.yaml`;
  try {
    return parseLock(readFileSync(join(root, file), 'utf8'), file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      if (!existsSync(join(root, 'dist', cluster))) return emptyLock(file);
      throw new Error(
        `${file}: no such file, but dist/${cluster} was rendered before: what it locked would go unseen. Restore it: git checkout -- ${file}`,
      );
    }
    throw error;
  }
}

/**
 * Writes a lock whose names have grown; a file is never seen half-written.
 * @throws when it cannot: dist is written then, and the next run adds the same names
 */
function saveLock(root: string, lock: LockFile): void {
  const path = join(root, lock.file);
  const staged = `${path}.new`;
  try {
    // A run that was killed or failed here may have left one.
    rmSync(staged, { force: true });
    const text = formatLock(lock);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
    writeFileSync(staged, text);
    renameSync(staged, path);
  } catch (error) {
    throw new Error(
      `${lock.file}: dist is written, but the new names could not be added here (${messageOf(error)}). Make the file writable, or room on the disk, and synth again.`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
