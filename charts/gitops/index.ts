import type { Construct } from 'constructs';
import { unitApplication } from './application';
import { bootstrapDocuments } from './bootstrap';
import type { Capability } from './capability';
import type { GitOpsFacts, GitOpsPolicy } from './policy';
import { closedDefaultProject, distinct, unitsProject } from './project';
import type { Unit } from './unit';
import { validateUnits } from './validate';
import { computeWaves } from './waves';

export { argocdSettings } from './bootstrap';
export * from './capability';
export { isKustomization, kustomization } from './kustomization';
export type { GitOpsFacts, GitOpsPolicy, SyncWindow, TierPolicy } from './policy';
export { protectFromDeletion } from './prune-safety';
export type { ChartSource, GitSource, GroupKind, RenderedSource, Stage, Tier, Unit } from './unit';
export { computeWaves } from './waves';

/** Where the objects go: the two root folders of a cluster, and its bootstrap file. */
export interface GitOpsCharts {
  readonly platform: Construct;
  readonly workloads: Construct;
  readonly bootstrap: Construct;
}

export interface GitOpsProps {
  readonly facts: GitOpsFacts;
  readonly policy: GitOpsPolicy;
  /** Everything that runs in the cluster; Applications, projects and waves follow from it. */
  readonly units: readonly Unit[];
  /** What the cluster has without any unit (a StorageClass of the AWS layer). @default - only what every cluster has */
  readonly existing?: readonly Capability[];
}

/**
 * Adds all that Argo CD needs for one cluster: an Application per unit and the AppProjects to the root folders, project `bootstrap`,
 * roots and settings to the bootstrap file.
 * @throws when units contradict each other, when a need has no provider, or when needs form a cycle
 */
export function gitops(charts: GitOpsCharts, props: GitOpsProps): void {
  const { facts, policy, units } = props;
  validateUnits(units);
  const waves = computeWaves(units, props.existing);
  closedDefaultProject(charts.platform);
  for (const name of distinct(units.map((unit) => unit.project))) {
    const members = units.filter((unit) => unit.project === name);
    unitsProject(charts.platform, name, members, facts, policy);
  }
  for (const unit of units) unitApplication(charts[unit.tier], unit, waves.get(unit.name) ?? 0, facts, policy);
  bootstrapDocuments(charts.bootstrap, facts, policy);
}
