import type { JsonObject } from '../../synth/object';
import { type Component, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import type { ChartSource } from '../gitops';
import { placement } from '../workload/placement';

/**
 * The chart of a component, in the release that a cluster runs.
 * @throws when the catalogue has no chart for it, and as `releaseFor` does
 */
export function chartSource(component: Component, cluster: Cluster, valuesObject: JsonObject): ChartSource {
  const { chart, version } = releaseFor(component, cluster);
  if (chart === undefined) {
    throw new Error(`charts/catalogue/components/${component.name}.ts: ${version} names no chart. Add \`chart\`.`);
  }
  return { kind: 'chart', repoURL: chart.repository, chart: chart.name, version: chart.version, valuesObject };
}

/** Where pods of pinned charts run: on the cluster's first node group, as those of our own charts for components do. */
export interface ChartPlacement {
  readonly nodeAffinity: JsonObject;
  readonly tolerations: readonly JsonObject[];
}

/** @throws when the cluster has no node groups */
export function chartPlacement(cluster: Cluster): ChartPlacement {
  const where = `overlays/${cluster.name}/cluster.ts`;
  const [first] = cluster.nodeGroups;
  if (first === undefined) throw new Error(`${where}: there are no node groups. State at least one.`);
  const { affinity, tolerations } = placement(cluster, first.name, where);
  return {
    nodeAffinity: (affinity?.nodeAffinity ?? {}) as unknown as JsonObject,
    tolerations: (tolerations ?? []) as unknown as readonly JsonObject[],
  };
}
