import { k8s } from 'cdk8s-plus-28';
import type { Running, WorkloadContext } from './context';
import { AFTER_MIGRATION } from './controller';
import { labelsOf } from './labels';
import { FixedReplicas, type Scale, type ScaleBehavior, type ScaleMetric } from './scaling';

/** Doubled, or by four, every 15 seconds: the API's default, said so that a reviewer sees it. */
const SCALE_UP: k8s.HpaScalingRulesV2 = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Percent', value: 100, periodSeconds: 15 },
    { type: 'Pods', value: 4, periodSeconds: 15 },
  ],
};

/** A tenth a minute, but at least one pod, after five minutes below the target. */
const SCALE_DOWN: k8s.HpaScalingRulesV2 = {
  stabilizationWindowSeconds: 300,
  policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
};

/** The HorizontalPodAutoscaler of a workload that scales; none for a fixed number of replicas. */
export function autoscaler({ scope, workload, cluster }: WorkloadContext<Running>): void {
  const { props, name, key } = workload;
  const { scale } = props;
  if (scale instanceof FixedReplicas) return;
  // An overlay may give part of the bounds, which is too little where the base says `fixed(n)`: the types do not tell the two apart.
  if (scale.min === undefined || scale.max === undefined) {
    throw new Error(
      `${scope.node.path}: ${key}.scale: min is ${scale.min}, max is ${scale.max}. The base gives no bounds to complete: give both in the overlay.`,
    );
  }
  new k8s.KubeHorizontalPodAutoscalerV2(scope, 'hpa', {
    metadata: {
      name,
      namespace: cluster.namespace,
      labels: labelsOf(workload, cluster.platform),
      annotations: props.migration === undefined ? undefined : AFTER_MIGRATION,
    },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: props.claims === undefined ? 'Deployment' : 'StatefulSet', name },
      minReplicas: scale.min,
      maxReplicas: scale.max,
      metrics: metrics(scale),
      behavior: {
        scaleUp: scale.scaleUp ? behavior(scale.scaleUp) : SCALE_UP,
        scaleDown: scale.scaleDown ? behavior(scale.scaleDown) : SCALE_DOWN,
      },
    },
  });
}

function metrics({ cpu = 70, memory, metrics: further = [] }: Scale): k8s.MetricSpecV2[] {
  const utilization = (name: string, averageUtilization: number): k8s.MetricSpecV2 => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  });
  return [utilization('cpu', cpu), ...(memory === undefined ? [] : [utilization('memory', memory)]), ...further.map(customMetric)];
}

function customMetric(metric: ScaleMetric): k8s.MetricSpecV2 {
  const target = { type: 'AverageValue', averageValue: k8s.Quantity.fromString(metric.average) };
  const selector = metric.labels === undefined ? undefined : { matchLabels: metric.labels };
  return 'pods' in metric
    ? { type: 'Pods', pods: { metric: { name: metric.pods, selector }, target } }
    : { type: 'External', external: { metric: { name: metric.external, selector }, target } };
}

function behavior({ stabilizationSeconds, percent, period }: ScaleBehavior): k8s.HpaScalingRulesV2 {
  return { stabilizationWindowSeconds: stabilizationSeconds, policies: [{ type: 'Percent', value: percent, periodSeconds: period }] };
}
