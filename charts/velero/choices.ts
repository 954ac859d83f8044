/** Choices for backups of a cluster. */
export interface VeleroChoices {
  /** When the daily backup starts, as a cron expression with five fields, UTC. @default '17 1 * * *' */
  readonly schedule?: string;
  /** Whether volumes are backed up, as snapshots by the EBS CSI driver: needs the snapshot controller. @default true */
  readonly snapshotVolumes?: boolean;
  /** Namespaces that are not backed up, beside those of Kubernetes itself. @default - none */
  readonly excludedNamespaces?: readonly string[];
  /** Whether Secrets are part of a backup. What runs here gets them from AWS or cert-manager again. @default false */
  readonly includeSecrets?: boolean;
}
