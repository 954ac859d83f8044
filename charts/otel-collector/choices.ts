import type { JaegerChoices } from '../jaeger/choices';
import type { LokiChoices } from '../loki/choices';
import type { Resources } from '../workload/props';

/** Where a cluster's logs go, and what reads them. */
export interface LogsChoice {
  /** What keeps them, and its choices. */
  readonly loki: LokiChoices;
  /** Of the collector on each node. @default - 50m and 128Mi, at most 512Mi */
  readonly resources?: Resources;
}

/** Where a cluster's spans go, and which of them are kept: the share is the environment's (`traceSampling`). */
export interface TracesChoice {
  /** What keeps them, and its choices. */
  readonly jaeger: JaegerChoices;
  /** Whether the mesh's proxies send spans of the requests that they pass on. @default - as the cluster is meshed */
  readonly mesh?: boolean;
  /** Whether traces with an error are kept, whatever the share. @default true */
  readonly keepErrors?: boolean;
  /** Milliseconds from which on a trace is kept, whatever the share. @default - none is kept for that */
  readonly keepSlowerThanMs?: number;
  /** Pods that take spans in. @default - 2 where components are highly available, else 1 */
  readonly replicas?: number;
  /** Of each of these pods. @default - 100m and 256Mi, at most 512Mi */
  readonly resources?: Resources;
}
