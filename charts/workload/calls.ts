import type { Cluster } from '../cluster';
import type { CallOptions } from '../network/edge';
import type { PodParty } from '../network/party';
import { Value } from '../overlay/value';

export type { CallOptions };

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

/** A call to a component; made by {@link componentCall}. */
export class ComponentCall extends Value {
  constructor(
    readonly party: (cluster: Cluster) => PodParty,
    readonly port: string,
    readonly options: CallOptions,
  ) {
    super();
  }
}

/**
 * A call to a named port of a component. The component's module makes one and exports it, as `tracing`, so that workloads do not know
 * its ports. Rendering stops where the component does not run in the cluster.
 */
export const componentCall = <Port extends string>(
  party: (cluster: Cluster) => PodParty<Port>,
  port: NoInfer<Port>,
  options: CallOptions = {},
): ComponentCall => new ComponentCall(party, port, options);

export type Call = WorkloadCall | EndpointCall | DatabaseCall | ComponentCall;
