import type { LoadedContract } from './aws/contract';
import type { LoadedReleases } from './aws/releases';
import type { EnvironmentPolicy } from './environment';
import type { IngressChoice } from './exposure/choice';
import type { Capability } from './gitops/capability';
import type { SyncWindow } from './gitops/policy';
import type { NodeGroup } from './node-group';
import type { PlatformChoices } from './platform/choices';
import type { Resources } from './workload/props';

/** What is true of one cluster beside its workloads: typed facts and choices, stated in its `cluster.ts`. */
export interface ClusterProps {
  /** Kubernetes minor, as `1.28`. */
  readonly kubernetes: string;
  /** Namespace of the platform's workloads. */
  readonly namespace: string;
  /** Whether workloads run in the Linkerd mesh. */
  readonly mesh: boolean;
  /** Whether nodes set up the traffic of meshed pods (Linkerd's CNI plugin), so that no init container with rights of its own does. @default false */
  readonly meshCni?: boolean;
  /** Git repositories from which Argo CD reads dist, for components and for workloads; they may be one. */
  readonly repositories: { readonly platform: string; readonly workloads: string };
  /** Groups of like nodes; the first runs what names none (platform components). */
  readonly nodeGroups: readonly NodeGroup[];
  /** Pods of the connection pooler in front of the databases. */
  readonly pgbouncer: { readonly replicas: number; readonly nodeGroup: string; readonly resources: Resources };
  /** What all pods of the workloads' namespace may request together, and how many there may be. */
  readonly quota: { readonly cpu: string; readonly memory: string; readonly pods: number };
  /** What the cluster has although nothing here renders it; waves and checks take it for given. */
  readonly existing: readonly Capability[];
  /** How what workloads expose is reached from outside. @default - ingress-nginx, as its fields default */
  readonly ingress?: IngressChoice;
  /**
   * Who renders the charts of components: Argo CD, or `npm run charts:render`, so that their objects stand in dist: see docs/charts.md.
   * @default 'argocd'
   */
  readonly delivery?: 'argocd' | 'rendered';
  /** What is chosen of the components that run beside the workloads. */
  readonly components: PlatformChoices;
  readonly gitops: GitOpsChoices;
}

/** Choices for Argo CD. */
export interface GitOpsChoices {
  /** Stops every sync until it is taken back. */
  readonly freeze: boolean;
  /** Whether automatic sync deletes objects of workloads that are no longer rendered, where the environment prunes at all. */
  readonly pruneWorkloads: boolean;
  /** Times in which the product's workloads may be synced, or may not; empty: always. With `manualSync: false` they bind people too. */
  readonly syncWindows: readonly SyncWindow[];
}

/** Everything that a chart may know of the cluster it is rendered for. */
export interface Cluster extends ClusterProps {
  /** Platform it belongs to. */
  readonly platform: string;
  /** `authorworks/production`; also its folder in dist and in overlays. */
  readonly name: string;
  readonly environment: EnvironmentPolicy;
  readonly aws: LoadedContract;
  readonly releases: LoadedReleases;
}
