import { type Fields, type FieldTree, leaf, unknownFields } from './overlay/fields';
import type { EnvironmentName } from './overlay/value';

/** What an environment decides for every cluster in it. The values stand in `overlays/environments.ts`, nowhere else. */
export interface EnvironmentPolicy {
  readonly name: EnvironmentName;
  /** Branch of the manifests repository that Argo CD follows. */
  readonly branch: string;
  readonly sync: {
    /** Components: `automatic` applies what is merged, `manual` waits for a person. */
    readonly platform: 'automatic' | 'manual';
    /** Our own workloads. */
    readonly workloads: 'automatic' | 'manual';
    /** Whether automatic sync deletes what is no longer rendered. */
    readonly prune: boolean;
    /** Whether automatic sync reverts changes made by hand. */
    readonly selfHeal: boolean;
    /** Whether pruning asks a person first (`Prune=confirm`, Argo CD 2.14). */
    readonly confirmPrune: boolean;
    /** Whether deleting an Application deletes its objects (the resources finalizer). */
    readonly cascadeDelete: boolean;
  };
  /** Components run in several replicas and the mesh's control plane in its HA form. */
  readonly highAvailability: boolean;
  /** Pods of one workload that a drain may take at once, where the workload does not say. */
  readonly maxUnavailable: number | string;
  /** Whether pods must (`DoNotSchedule`) or should (`ScheduleAnyway`) be spread over zones. */
  readonly zoneSpread: 'DoNotSchedule' | 'ScheduleAnyway';
  /** Share of traces that are kept, 0 to 1. */
  readonly traceSampling: number;
  /** Days that data is kept. */
  readonly retentionDays: { readonly logs: number; readonly metrics: number; readonly backups: number };
  /** Pod Security level that a namespace without mesh injection enforces. */
  readonly podSecurity: 'baseline' | 'restricted';
  /** Cluster roles that the contract's groups hold in the namespaces of workloads. */
  readonly access: { readonly admin: 'admin'; readonly developer: 'edit' | 'view' };
}

const fields: Fields<EnvironmentPolicy> = {
  name: leaf,
  branch: leaf,
  sync: { platform: leaf, workloads: leaf, prune: leaf, selfHeal: leaf, confirmPrune: leaf, cascadeDelete: leaf },
  highAvailability: leaf,
  maxUnavailable: leaf,
  zoneSpread: leaf,
  traceSampling: leaf,
  retentionDays: { logs: leaf, metrics: leaf, backups: leaf },
  podSecurity: leaf,
  access: { admin: leaf, developer: leaf },
};

/**
 * Refuses fields that a policy does not have.
 * @throws naming every unknown field with the ones that there are
 */
export function checkEnvironment(policy: EnvironmentPolicy): void {
  const problems = [...unknownFields(policy, fields as FieldTree, `overlays/environments.ts: ${policy.name}`, 'in that file')];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
