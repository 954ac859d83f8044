import type { Resources } from '../workload/props';

/** Where traces are kept. Each is a field of its own in Jaeger's configuration; other stores come here as further kinds. */
export type TraceStorage =
  /** In the memory of the pod: gone with it. */
  | { readonly kind: 'memory'; readonly traces: number }
  /** On a volume of the one pod, for so many hours. */
  | { readonly kind: 'badger'; readonly hours: number; readonly volume: string };

/** What a cluster may choose for Jaeger. */
export interface JaegerChoices {
  /** @default - in dev memory for 50,000 traces; staging 72 hours on 20Gi, production 168 hours on 50Gi */
  readonly storage?: TraceStorage;
  /** @default - 100m and 512Mi, at most 1Gi */
  readonly resources?: Resources;
}
