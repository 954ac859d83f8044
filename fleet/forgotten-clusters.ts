import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterDefinition } from './definition';

/**
 * Clusters that were rendered once, as their name locks say, and are not in the fleet any more: without a word all of their objects would go.
 * @param root the project's folder
 * @returns a problem for each, sorted
 */
export function forgottenClusters(root: string, clusters: readonly ClusterDefinition[]): readonly string[] {
  const known = new Set(clusters.map(({ name }) => name));
  return lockedClusters(root)
    .filter((name) => !known.has(name))
    .map(
      (name) =>
        `${name}: overlays/${name}/names.yaml locks the names of this cluster, but fleet/clusters.ts does not list it, and its folder in dist would go. ` +
        `List it again or, when the cluster itself is gone, remove overlays/${name} in the same change.`,
    );
}

function lockedClusters(root: string): readonly string[] {
  const names = foldersIn(join(root, 'overlays')).flatMap((platform) =>
    foldersIn(join(root, 'overlays', platform)).map((cluster) => `${platform}/${cluster}`),
  );
  return names.filter((name) => existsSync(join(root, 'overlays', name, 'names.yaml'))).sort();
}

function foldersIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}
