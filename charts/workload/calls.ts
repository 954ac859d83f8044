import { Value } from '../overlay/value';

/** What a caller may say of one call. Read by the mesh's routes. */
export interface CallOptions {
  /** Longest time that an answer may take, as `2s`. @default - no limit */
  readonly timeout?: string;
  /** How often a failed request is sent again. @default 0 */
  readonly retries?: number;
}

/** A call to a named port of another workload; made by `workload.on('http')`. */
export class WorkloadCall extends Value {
  constructor(
    readonly workload: string,
    readonly port: string,
    readonly options: CallOptions,
  ) {
    super();
  }
}

/** A call to an outside service that the AWS contract lists under `endpoints:`; made by {@link endpoint}. */
export class EndpointCall extends Value {
  constructor(readonly endpoint: string) {
    super();
  }
}

/** A call to an outside service, by its name under `endpoints:` in `aws.yaml`. */
export const endpoint = (name: string): EndpointCall => new EndpointCall(name);

/** A direct call to a managed database, past PgBouncer; made by {@link managedDatabase}. */
export class DatabaseCall extends Value {
  constructor(readonly database: string) {
    super();
  }
}

/** A direct call to a managed database, by its name in the contract; for what a pooler cannot do. See also `database` in the props. */
export const managedDatabase = (name: string): DatabaseCall => new DatabaseCall(name);

export type Call = WorkloadCall | EndpointCall | DatabaseCall;
