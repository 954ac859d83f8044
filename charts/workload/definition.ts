import { type Call, type CallOptions, WorkloadCall } from './calls';
import type { CronJobProps, ServiceProps, WorkerProps } from './props';

/** How a workload runs. */
export type WorkloadKind = 'service' | 'worker' | 'cronJob';

/** Props of a kind of workload. */
export interface PropsOf<Port extends string> {
  readonly service: ServiceProps<Port>;
  readonly worker: WorkerProps<Port>;
  readonly cronJob: CronJobProps;
}

/** Props of any workload. */
export type AnyProps = PropsOf<string>[WorkloadKind];

/**
 * A workload as its engineers state it, before any environment is known.
 * `Port` are its port names, `Stated` the fields that it states (an overlay may change parts of these only).
 */
export class Workload<Kind extends WorkloadKind = WorkloadKind, Port extends string = string, Stated extends string = string> {
  constructor(
    readonly kind: Kind,
    /** Name of its objects, of its Application and of its folder in dist. */
    readonly name: string,
    readonly props: AnyProps,
    /** Read late, so that two workloads in two files may call each other. */
    readonly edges: () => readonly Call[] = () => [],
    /** Only for the type checker; never set. */
    readonly stated?: Stated,
  ) {}

  /** A call to this workload on one of its ports; stands inside the `calls` of the caller. Only services can be called. */
  on(port: Kind extends 'service' ? Port : never, options: CallOptions = {}): WorkloadCall {
    return new WorkloadCall(this.name, port, options);
  }

  /** States whom this workload calls: the only source of network policy. */
  calls(edges: () => readonly Call[]): Workload<Kind, Port, Stated> {
    return new Workload<Kind, Port, Stated>(this.kind, this.name, this.props, edges);
  }
}

/** Refuses fields that `Props` does not have, and records the ones that are stated. */
type Known<Stated extends string, Props> = { readonly [K in Stated]: K extends keyof Props ? unknown : `unknown field: ${K}` };

/** A workload that others call: Deployment (or StatefulSet), Service, HorizontalPodAutoscaler, and what goes with them. */
export function service<const Port extends string, const Stated extends string>(
  name: string,
  props: ServiceProps<Port> & Known<Stated, ServiceProps<Port>>,
): Workload<'service', Port, Stated> {
  return new Workload('service', name, props);
}

/** A workload that takes its work from a queue: as a service, without a Service. */
export function worker<const Port extends string = never, const Stated extends string = never>(
  name: string,
  props: WorkerProps<Port> & Known<Stated, WorkerProps<Port>>,
): Workload<'worker', Port, Stated> {
  return new Workload('worker', name, props);
}

/** A workload that runs by the clock: CronJob. */
export function cronJob<const Stated extends string>(
  name: string,
  props: CronJobProps & Known<Stated, CronJobProps>,
): Workload<'cronJob', never, Stated> {
  return new Workload('cronJob', name, props);
}
