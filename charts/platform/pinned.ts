import type { JsonObject } from '../../synth/object';
import { type Component, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import type { ChartSource } from '../gitops';
import type { Labels } from '../workload/labels';
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

/**
 * @param group - node group @default - the cluster's first
 * @throws when the cluster has no such group, or none at all
 */
export function chartPlacement(cluster: Cluster, group?: string): ChartPlacement {
  const where = `overlays/${cluster.name}/cluster.ts`;
  const name = group ?? cluster.nodeGroups[0]?.name;
  if (name === undefined) throw new Error(`${where}: there are no node groups. State at least one.`);
  const { affinity, tolerations } = placement(cluster, name, where);
  return {
    nodeAffinity: (affinity?.nodeAffinity ?? {}) as unknown as JsonObject,
    tolerations: (tolerations ?? []) as unknown as readonly JsonObject[],
  };
}

/** Where pods of a pinned chart should be spread: zones, then hosts; a pod that fits nowhere else may still stand beside its like. */
export type ChartSpread = {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'ScheduleAnyway';
  readonly labelSelector: { readonly matchLabels: Labels };
};

/** Spreads pods of a pinned chart over zones and hosts. @param selector - labels by which the chart selects them */
export const chartSpread = (selector: Labels): readonly ChartSpread[] =>
  ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
  }));

/** What the containers of a pinned chart's pods ask for, and what they may use. */
export type ChartResources = {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
};

/** Container of a pinned chart under Pod Security `restricted`, with a read-only root. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
} as const;

/** Pod of a pinned chart under Pod Security `restricted`. @param user - user and group that its programs run as */
export const restrictedPod = (user: number) =>
  ({ runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } }) as const;
