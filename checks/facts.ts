import type { DeclaredEdge, ForeignPods } from './reachability/model';

/** A node taint, as in the Kubernetes API. */
export interface Taint {
  readonly key: string;
  /** @default - no value */
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** A group of like nodes; what the scheduler and the cluster autoscaler see of it. */
export interface NodeGroup {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** What one node of the smallest instance type offers to pods, as Kubernetes quantities (`3920m`, `6584Mi`), and how many pods it takes. */
  readonly allocatable: {
    readonly cpu: string;
    readonly memory: string;
    readonly pods: number;
    /** Disk for logs, writable layers and emptyDirs. @default - not known: not judged */
    readonly ephemeralStorage?: string;
  };
  /** Number of nodes at least and at most. */
  readonly size: { readonly min: number; readonly max: number };
  /** Zones that the group has nodes in. */
  readonly zones: readonly string[];
  readonly spot: boolean;
}

/** What is true of a cluster and cannot be read from its objects. A check names the facts that it needs. */
export interface ClusterFacts {
  /** `authorworks/production`. */
  readonly cluster: string;
  /** Kubernetes minor, as `1.28`. */
  readonly kubernetes: string;
  readonly nodeGroups: readonly NodeGroup[];
  /** `dev` may use floating image tags. */
  readonly environment: 'dev' | 'staging' | 'production';
  /** Objects that exist in the cluster without being rendered here, as `PriorityClass system-cluster-critical` or `ConfigMap argocd/argocd-cm`. */
  readonly existing: readonly string[];
  /** What the mesh's proxy adds to a meshed pod, as Kubernetes quantities. */
  readonly proxy: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu: string; readonly memory: string };
  };
  /** Connections that are meant; nothing else may be open. @default - not known: reachability is not judged */
  readonly edges?: readonly DeclaredEdge[];
  /** Pods that exist in the cluster without being rendered here: its DNS, the pods of pinned charts. @default - not known */
  readonly foreignPods?: readonly ForeignPods[];
  /** CIDRs that pods get their addresses from, as `10.0.0.0/17`. @default - not known */
  readonly podNetworks?: readonly string[];
}
