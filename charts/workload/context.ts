import type { Construct } from 'constructs';
import type { Cluster } from '../cluster';
import type { Call } from './calls';
import type { ResolvedWorkload } from './resolve';

/** A call as the callee sees it. */
export interface Caller {
  /** Labels that select the caller's pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly name: string;
  /** Named port that is called. */
  readonly port: string;
  /** Whether the caller's pods are in the mesh, and so arrive at the proxy's port. */
  readonly meshed: boolean;
}

/** What the parts of a workload are rendered from. */
export interface WorkloadContext<W extends ResolvedWorkload = ResolvedWorkload> {
  readonly scope: Construct;
  readonly cluster: Cluster;
  readonly workload: W;
  /** Workloads that call this one. */
  readonly callers: readonly Caller[];
  /** The workloads that this one calls, by name. */
  readonly callees: ReadonlyMap<string, ResolvedWorkload>;
  readonly calls: readonly Call[];
}

/** Workloads that keep running, as opposed to cron jobs. */
export type Running = Extract<ResolvedWorkload, { kind: 'service' | 'worker' }>;
