import type { JsonObject, KubeObject } from '../../synth/object';
import type { ObjectPatch } from '../../synth/patch';
import type { IgnoreDifference } from './argo-cd';
import type { Capability } from './capability';

/** Which of the two roots carries an Application: what the cluster needs, or what the product runs. */
export type Tier = 'platform' | 'workloads';

/**
 * Stages of a first install, in order. Needs alone do not say that, for instance, the mesh stands before observability;
 * every unit of a stage waits for all units of the stages before it.
 */
export const stages = ['crds', 'namespaces', 'secrets', 'cert-manager', 'mesh', 'ingress', 'observability', 'data'] as const;
export type Stage = (typeof stages)[number];

/** A kind as AppProjects name it; `group` is the empty string for the core group. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** Manifests that this project renders into `dist/<cluster>/<unit name>/`. */
export interface RenderedSource {
  readonly kind: 'rendered';
}

/** A Helm chart that Argo CD renders. */
export interface ChartSource {
  readonly kind: 'chart';
  /** Address of the chart repository; for an OCI registry without `oci://`. */
  readonly repoURL: string;
  readonly chart: string;
  /** Exact version, never a range. */
  readonly version: string;
  /** @default - the name of the unit */
  readonly releaseName?: string;
  /** @default - the chart's own values */
  readonly valuesObject?: JsonObject;
  /** Leaves out the CRDs in the chart's `crds/` folder: another unit brings them. @default false */
  readonly skipCrds?: boolean;
  /** Changes of its objects where they are rendered into dist (`delivery: 'rendered'`), as exemptions from checks; Argo CD knows none. @default - none */
  readonly patches?: readonly ObjectPatch[];
}

/** A folder of an upstream git repository, at a tag. */
export interface GitSource {
  readonly kind: 'git';
  readonly repoURL: string;
  readonly path: string;
  /** Tag or commit, never a branch. */
  readonly tag: string;
}

/** One Argo CD Application to be: a Chart of this project, or an upstream source. */
export interface Unit {
  /** Name of the Application and of its folder in dist. */
  readonly name: string;
  readonly tier: Tier;
  /** AppProject: `platform`, or the product (`authorworks`). */
  readonly project: string;
  /** Namespace that the Application is destined for. */
  readonly namespace: string;
  /** Place in the order of a first install; only in the platform tier. @default - ordered by its needs alone */
  readonly stage?: Stage;
  /** What other units may need, beyond what `objects` show (an upstream chart shows nothing). */
  readonly provides: readonly Capability[];
  /** What must stand before this unit, beyond what `objects` show. */
  readonly needs: readonly Capability[];
  readonly source: RenderedSource | ChartSource | GitSource;
  /** What is rendered here; empty for upstream sources. */
  readonly objects: readonly KubeObject[];
  /** Cluster-scoped kinds of an upstream source. @default - none beyond those in `objects` */
  readonly clusterKinds?: readonly GroupKind[];
  /** Namespaced kinds of an upstream source. @default - not known: its project then allows every namespaced kind */
  readonly namespacedKinds?: readonly GroupKind[];
  /** Namespaces besides `namespace` that an upstream source writes to (`kube-system` for leader election). @default - none */
  readonly extraNamespaces?: readonly string[];
  /** Whether deleting its Application leaves what it deployed, whatever the environment says: for what the cluster could not delete itself without. @default false */
  readonly keepOnDelete?: boolean;
  /** Fields of an upstream source that a controller owns. @default - none beyond those derived from `objects` */
  readonly ignoreDifferences?: readonly IgnoreDifference[];
}

/** Upstream sources bring objects that this project cannot annotate. */
export function isUpstream(unit: Unit): boolean {
  return unit.source.kind !== 'rendered';
}

/** CRDs that are not rendered here may carry no `Prune=false` of ours, so their Application must neither prune nor cascade. */
export function bringsUnprotectedCrds(unit: Unit): boolean {
  return (unit.clusterKinds ?? []).some((kind) => kind.kind === 'CustomResourceDefinition');
}
