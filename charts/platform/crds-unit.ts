import { type Component, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, type Unit } from '../gitops';

/**
 * Definitions of a component from a folder of its repository, at the tag of the release that the cluster runs; one Argo CD Application,
 * `<component>-crds`, which never prunes.
 * @param groups - API groups that they define
 * @throws when the catalogue has no folder of definitions for that release
 */
export function crdsUnit(component: Component, cluster: Cluster, groups: readonly [string, ...string[]]): Unit {
  const { crds: source, version } = releaseFor(component, cluster);
  if (source === undefined || 'url' in source) {
    throw new Error(
      `charts/catalogue/components/${component.name}.ts: ${version} names no folder of definitions. Add \`crds\` with path and tag.`,
    );
  }
  return {
    name: `${component.name}-crds`,
    tier: 'platform',
    project: 'platform',
    // CRDs have no namespace; Argo CD wants one all the same.
    namespace: 'default',
    stage: 'crds',
    provides: groups.map(crds),
    needs: [],
    source: { kind: 'git', repoURL: source.repository, path: source.path, tag: source.tag },
    objects: [],
    clusterKinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }],
    namespacedKinds: [],
  };
}
