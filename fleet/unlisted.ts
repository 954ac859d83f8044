import { dirname } from 'node:path';
import type { ClusterDefinition } from './definition';
import type { AppSource } from './read-data';

/** Where a workload is defined: `service('name', …)` and its like. */
const DEFINITION = /\b(?:service|worker|cronJob)\(\s*(['"`])([^'"`]+)\1/g;

/**
 * What somebody wrote and nothing renders: workloads that their platform does not list, and folders of overlays that no cluster reads.
 * Warnings, since work that has just begun looks the same.
 * @param sources files below apps/
 * @param folders folders below overlays/, as `authorworks/dev`
 * @param locked of these, the ones that were rendered once: `forgottenClusters` has a word for them
 */
export function unlisted(
  {
    sources,
    folders,
    locked,
  }: { readonly sources: readonly AppSource[]; readonly folders: readonly string[]; readonly locked: readonly string[] },
  clusters: readonly ClusterDefinition[],
): readonly string[] {
  const known = new Map(
    clusters.map(({ platform }) => [platform.name, new Set(Object.values(platform.workloads).map(({ name }) => name))]),
  );
  const read = new Set([...clusters.map(({ name }) => name), ...clusters.flatMap(({ releases }) => releases.map(folderOf)), ...locked]);
  return [
    ...sources.flatMap(({ file, text }) => {
      const platform = file.split('/')[1] ?? '';
      return [...text.matchAll(DEFINITION)]
        .map(([, , name = '']) => name)
        .filter((name) => known.get(platform)?.has(name) !== true)
        .map((name) =>
          known.has(platform)
            ? `${file}: defines the workload ${name}, which the platform ${platform} does not have, so nothing of it is rendered. List it in apps/${platform}/index.ts, or take it out.`
            : `${file}: defines the workload ${name}, but no cluster in fleet/clusters.ts runs the platform ${platform}, so nothing of it is rendered. Add one: see CONTRIBUTING.md.`,
        );
    }),
    ...folders
      .filter((name) => !read.has(name))
      .map(
        (name) =>
          `overlays/${name}: no cluster in fleet/clusters.ts reads this folder, so nothing of it is rendered. Add an entry there, or remove the folder.`,
      ),
  ];
}

/** `authorworks/dev` of `overlays/authorworks/dev/releases.yaml`. */
function folderOf(file: string): string {
  return dirname(file).replace(/^overlays\//, '');
}
