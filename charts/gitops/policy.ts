/** How one tier syncs. */
export type TierPolicy =
  | { readonly sync: 'manual' }
  | {
      readonly sync: 'automatic';
      /** Deletes what is no longer rendered. */
      readonly prune: boolean;
      /** Undoes changes that were made in the cluster. */
      readonly selfHeal: boolean;
    };

/** A span of time in which syncs are allowed or denied; as in an AppProject. */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny';
  /** Cron expression of the opening, with five fields. */
  readonly schedule: string;
  /** How long it stays open, as `8h` or `1h30m`. */
  readonly duration: string;
  /** IANA name. @default - UTC */
  readonly timeZone?: string;
  /** Whether a person may sync although automatic syncs are held back. */
  readonly manualSync: boolean;
}

/** What an environment decides about GitOps. A cluster may lay its own values on top. */
export interface GitOpsPolicy {
  /** Branch that Argo CD follows: `develop`, `staging`, `main`. */
  readonly branch: string;
  readonly platform: TierPolicy;
  readonly workloads: TierPolicy;
  /** Whether removing an Application from git waits for a person to confirm (Argo CD 2.14 and up). */
  readonly pruneConfirm: boolean;
  /** Whether deleting an Application deletes what it deployed; for environments that are torn down. */
  readonly finalizer: boolean;
  /** Whether the developer role may start syncs and actions, or only look. */
  readonly developers: 'sync' | 'read';
  /** @default - syncs are allowed at any time */
  readonly syncWindows?: readonly SyncWindow[];
  /** Change freeze: nothing syncs, by hand neither, until it is switched off. @default false */
  readonly freeze?: boolean;
}

/** What is true of one cluster, as far as Argo CD is concerned. */
export interface GitOpsFacts {
  /** Folder of the cluster below `dist`: `authorworks/production`, `aeon-dt/production-us-west-2`. */
  readonly cluster: string;
  /** Repositories that carry `dist`, per tier; both may be the same. */
  readonly repositories: { readonly platform: string; readonly workloads: string };
  /** Identity groups per role, as the login's `groups` claim names them. */
  readonly groups: { readonly admin: readonly string[]; readonly developer: readonly string[]; readonly readOnly: readonly string[] };
}
