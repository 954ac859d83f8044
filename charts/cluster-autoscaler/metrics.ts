import type { Exposes } from '../metrics/exposes';

/** What we read of the cluster autoscaler. */
export const clusterAutoscalerMetrics: Exposes = {
  target: 'cluster-autoscaler',
  source: 'cluster-autoscaler/metrics of autoscaler v1.28.7 and v1.34.5',
  metrics: { cluster_autoscaler_failed_scale_ups_total: { type: 'counter', labels: ['reason'] } },
};
