import type { Resources } from '../workload/props';

/** What a cluster may choose for Loki. How long logs are kept is the environment's: `retentionDays.logs`. */
export interface LokiChoices {
  /** @default - 3 where components are highly available, each line in each of them until it is in S3; else 1 */
  readonly replicas?: 1 | 3;
  /** @default - by the number of pods */
  readonly resources?: Resources;
  /** Volume of each pod: what has not reached S3 yet, and indexes that queries read. @default '20Gi', in dev '10Gi' */
  readonly volume?: string;
  /** MiB of logs that each namespace may send in a second, on average; more is refused, and the collector tries again. @default 10 */
  readonly ingestionRateMb?: number;
}
