import type { Resources } from '../workload/props';

/** What a cluster chooses of its Prometheus. Intervals are given, retention is the environment's. */
export interface PrometheusChoices {
  /** Volume of each replica, as `50Gi`: the oldest blocks go when it is filled to 85 %, whatever the retention says. */
  readonly storage: string;
  /** Of each replica: memory follows the number of series, about 3 KiB for each. */
  readonly resources: Resources;
  /** Node group of the pods. @default - the cluster's first */
  readonly nodeGroup?: string;
  /** Copies blocks to a bucket of the contract, where Thanos keeps them longer; needs an IAM role for `monitoring/prometheus`. @default - none */
  readonly thanos?: { readonly bucket: string; readonly resources: Resources };
}
