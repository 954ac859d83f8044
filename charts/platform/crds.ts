import { type Component, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, type Unit } from '../gitops';

/**
 * The definitions of a component from a folder of its repository at the tag of its release: an Application of their own, before all
 * who use them, that never prunes.
 * @param groups - API groups that they define
 * @throws when the catalogue names no such folder for the release that the cluster runs
 */
export function gitCrds(component: Component, cluster: Cluster, groups: readonly string[]): Unit {
  const { crds: source, version } = releaseFor(component, cluster);
  if (source === undefined || !('path' in source)) {
    throw new Error(
      `charts/catalogue/components/${component.name}.ts: ${version} names no folder of definitions. Add \`crds: { repository, path, tag }\`.`,
    );
  }
  const { repository, path, tag } = source;
  return {
    name: `${component.name}-crds`,
    tier: 'platform',
    project: 'platform',
    // Definitions have no namespace; Argo CD wants one all the same.
    namespace: 'default',
    stage: 'crds',
    provides: groups.map(crds),
    needs: [],
    source: { kind: 'git', repoURL: repository, path, tag },
    objects: [],
    clusterKinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
    namespacedKinds: [],
  };
}
