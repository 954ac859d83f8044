import type { ClusterDefinition } from './definition';

/**
 * Clusters that were rendered once, as their name locks say, and are not in the fleet any more: without a word all of their objects would go.
 * @param locked names of clusters that have a name lock
 * @returns a problem for each
 */
export function forgottenClusters(locked: readonly string[], clusters: readonly ClusterDefinition[]): readonly string[] {
  const known = new Set(clusters.map(({ name }) => name));
  return locked
    .filter((name) => !known.has(name))
    .map(
      (name) =>
        `${name}: overlays/${name}/names.yaml locks the names of this cluster, but fleet/clusters.ts does not list it, and its folder in dist would go. ` +
        `List it again or, when the cluster itself is gone, remove overlays/${name} in the same change.`,
    );
}
