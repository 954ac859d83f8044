import type { LoadedContract } from './aws/contract';
import type { LoadedReleases } from './aws/releases';
import type { EnvironmentPolicy } from './environment';
import type { NodeGroup } from './node-group';

/** What is true of one cluster beside its workloads: typed facts and choices, stated in its `cluster.ts`. */
export interface ClusterProps {
  /** Kubernetes minor, as `1.28`. */
  readonly kubernetes: string;
  /** Namespace of the platform's workloads. */
  readonly namespace: string;
  /** Public domain below which workloads are exposed. */
  readonly domain: string;
  /** Whether workloads run in the Linkerd mesh. */
  readonly mesh: boolean;
  /** Where Argo CD reads this repository. */
  readonly repository: string;
  /** Groups of like nodes; the first runs what names none (platform components). */
  readonly nodeGroups: readonly NodeGroup[];
  /** Argo CD: a freeze stops every sync, also by hand; windows are the times in which production may be synced. */
  readonly gitops: GitOpsProps;
}

/** Choices for Argo CD. */
export interface GitOpsProps {
  /** Stops every sync of the platform's workloads until it is taken back. */
  readonly freeze: boolean;
  /** Times in which workloads may be synced; empty: always. */
  readonly syncWindows: readonly SyncWindow[];
}

/** A time in which syncs are allowed. */
export interface SyncWindow {
  /** Five cron fields. */
  readonly schedule: string;
  /** As Argo CD writes it, `8h`. */
  readonly duration: string;
  /** IANA name, as `America/New_York`. */
  readonly timeZone: string;
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
