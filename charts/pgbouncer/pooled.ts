import type { ResolvedWorkload } from '../workload/resolve';

/** A workload that reaches its database through PgBouncer. */
export interface PooledWorkload {
  readonly name: string;
  /** Database by its name in the contract. */
  readonly database: string;
  /** Server connections for this workload, over all PgBouncer pods. */
  readonly poolSize: number;
}

/** The pooled workloads among the given ones, sorted by name. */
export function pooled(workloads: readonly ResolvedWorkload[]): readonly PooledWorkload[] {
  return workloads
    .flatMap(({ name, props }) =>
      props.database === undefined ? [] : [{ name, database: props.database.name, poolSize: props.database.poolSize }],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
