/** Namespace of KEDA. */
export const KEDA_NAMESPACE = 'keda';

/** Its programs, by the names that the chart gives their Deployments and, as `app`, their pods. */
export const PROGRAMS = {
  operator: 'keda-operator',
  metrics: 'keda-operator-metrics-apiserver',
  webhooks: 'keda-admission-webhooks',
} as const;
