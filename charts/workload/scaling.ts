import { Value } from '../overlay/value';

/** Bounds and targets of a HorizontalPodAutoscaler (autoscaling/v2). */
export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Average use in per cent of the requests that adds pods. @default 70 */
  readonly cpu?: number;
  /** Average use in per cent of the requests that adds pods. @default - memory does not scale */
  readonly memory?: number;
  /** Custom and external metrics beside cpu and memory. @default - none */
  readonly metrics?: readonly ScaleMetric[];
  /** How fast pods are taken away. @default - a tenth of the pods a minute, after five quiet minutes */
  readonly scaleDown?: ScaleBehavior;
  /** How fast pods are added. @default - doubled, or by four, every 15 seconds */
  readonly scaleUp?: ScaleBehavior;
}

/** A metric of each pod (averaged over them), or one from outside the cluster. */
export type ScaleMetric =
  | { readonly pods: string; readonly average: string; readonly labels?: Readonly<Record<string, string>> }
  | { readonly external: string; readonly average: string; readonly labels?: Readonly<Record<string, string>> };

/** One direction of scaling. */
export interface ScaleBehavior {
  /** Seconds of agreement before anything happens. */
  readonly stabilizationSeconds: number;
  /** At most this share (per cent) of the pods in a period. */
  readonly percent: number;
  /** Seconds. */
  readonly period: number;
}

/** A number of pods that nothing changes; made by {@link fixed}. */
export class FixedReplicas extends Value {
  constructor(readonly replicas: number) {
    super();
  }
}

/** A number of pods that no autoscaler changes. */
export const fixed = (replicas: number): FixedReplicas => new FixedReplicas(replicas);
