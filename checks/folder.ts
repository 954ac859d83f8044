import { readFileSync } from 'node:fs';
import type { Check, Finding } from './check';
import type { ClusterFacts } from './facts';
import { allChecks } from './index';
import { locator, type Place } from './locate';
import type { Manifests } from './read';
import { type NotRun, runChecks } from './run';

/** A finding with its cluster and its place on disk. */
export interface PlacedFinding {
  readonly finding: Finding;
  /** Name of the set, see `ObjectSet`. */
  readonly cluster: string;
  readonly place?: Place;
}

/** What the checks say about a folder, all clusters together. */
export interface FolderResult {
  readonly files: number;
  readonly objects: number;
  /** Documents that are no Kubernetes objects. */
  readonly skipped: number;
  readonly checks: readonly Check[];
  /** In the order of the files, then of the objects in a file. */
  readonly findings: readonly PlacedFinding[];
  readonly exempted: readonly (PlacedFinding & { readonly reason: string })[];
  /** Ids of the checks that passed in every cluster. */
  readonly passed: readonly string[];
  /** Checks that did not run in at least one cluster, with the clusters. */
  readonly notRun: readonly (NotRun & { readonly clusters: readonly string[] })[];
}

/** Runs checks over what was read from disk, each cluster on its own. */
export function checkManifests(
  manifests: Manifests,
  factsOf: (cluster: string) => Partial<ClusterFacts>,
  checks: readonly Check[] = allChecks,
): FolderResult {
  const locate = locator(readText);
  const placed = (finding: Finding, cluster: string): PlacedFinding => ({ finding, cluster, place: locate(finding) });
  const results = manifests.sets.map(({ name, objects }) => ({ name, ...runChecks(objects, factsOf(name), checks) }));
  return {
    files: manifests.files,
    objects: manifests.sets.reduce((sum, { objects }) => sum + objects.length, 0),
    skipped: manifests.skipped,
    checks,
    findings: [
      ...manifests.problems.map((finding) => placed(finding, '')),
      ...results.flatMap(({ name, findings }) => findings.map((finding) => placed(finding, name))),
    ],
    exempted: results.flatMap(({ name, exempted }) => exempted.map(({ finding, reason }) => ({ ...placed(finding, name), reason }))),
    passed: checks.map(({ id }) => id).filter((id) => results.every(({ passed }) => passed.includes(id))),
    notRun: checks.flatMap(({ id }) => {
      const missed = results.flatMap(({ name, notRun }) => notRun.filter(({ check }) => check === id).map((entry) => ({ ...entry, name })));
      const missing = [...new Set(missed.flatMap((entry) => entry.missing))];
      return missed.length === 0 ? [] : [{ check: id, missing, clusters: missed.map(({ name }) => name) }];
    }),
  };
}

/** Numbers of findings by severity. */
export function count(result: FolderResult): { readonly errors: number; readonly warnings: number } {
  const errors = result.findings.filter(({ finding }) => finding.severity === 'error').length;
  return { errors, warnings: result.findings.length - errors };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
