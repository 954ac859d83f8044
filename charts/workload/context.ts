import type { Construct } from 'constructs';
import type { Cluster } from '../cluster';
import type { Edge } from '../network/edge';
import type { ResolvedWorkload } from './resolve';

/** What the parts of a workload are rendered from. */
export interface WorkloadContext<W extends ResolvedWorkload = ResolvedWorkload> {
  readonly scope: Construct;
  readonly cluster: Cluster;
  readonly workload: W;
  /** Who may connect to what, in the whole cluster. */
  readonly edges: readonly Edge[];
}

/** Workloads that keep running, as opposed to cron jobs. */
export type Running = Extract<ResolvedWorkload, { kind: 'service' | 'worker' }>;
