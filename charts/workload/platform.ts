import type { ObjectPatch } from '../../synth/patch';
import type { Computed, FieldPatches } from '../overlay/overlay';
import type { Remove } from '../overlay/value';
import type { Call } from './calls';
import type { PropsOf, Workload } from './definition';

/** Workloads of a platform, by the key under which overlays name them. */
export type Workloads = Readonly<Record<string, Workload>>;

/** One product of the fleet. */
export interface Platform<W extends Workloads = Workloads> {
  readonly name: string;
  readonly workloads: W;
}

/** A product and its workloads. */
export function platform<W extends Workloads>(name: string, workloads: W): Platform<W> {
  return { name, workloads };
}

/** What differs of one workload. */
export type WorkloadOverlay<W> =
  W extends Workload<infer Kind, infer Port, infer Stated>
    ? FieldPatches<PropsOf<Port>[Kind], Stated> & {
        /** Whom it calls here: a new list, or one computed from the base's. */
        readonly calls?: Computed<readonly Call[]> | readonly Call[];
        /** Changes of rendered objects, for what no field can say; one that hits or changes nothing is an error. */
        readonly patch?: readonly ObjectPatch[];
      }
    : never;

/** What differs of a platform in one environment or region: by workload; `remove` leaves a workload out. */
export type Overlay<P extends Platform> = {
  readonly [K in keyof P['workloads']]?: WorkloadOverlay<P['workloads'][K]> | Remove;
};
