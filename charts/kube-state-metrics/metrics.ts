import type { Exposes } from '../metrics/exposes';

const POD = ['namespace', 'pod', 'uid'];
const OF = (kind: string) => ['namespace', kind];

/** What we read of kube-state-metrics. */
export const kubeStateMetricsMetrics: Exposes = {
  target: 'kube-state-metrics',
  source: 'docs/metrics/ of kube-state-metrics v2.20.0',
  honorLabels: true,
  metrics: {
    kube_cronjob_status_last_successful_time: { type: 'gauge', labels: OF('cronjob') },
    kube_daemonset_status_number_unavailable: { type: 'gauge', labels: OF('daemonset') },
    kube_deployment_spec_replicas: { type: 'gauge', labels: OF('deployment') },
    kube_deployment_status_replicas_available: { type: 'gauge', labels: OF('deployment') },
    kube_horizontalpodautoscaler_spec_max_replicas: { type: 'gauge', labels: OF('horizontalpodautoscaler') },
    kube_horizontalpodautoscaler_spec_min_replicas: { type: 'gauge', labels: OF('horizontalpodautoscaler') },
    kube_horizontalpodautoscaler_status_current_replicas: { type: 'gauge', labels: OF('horizontalpodautoscaler') },
    kube_job_failed: { type: 'gauge', labels: [...OF('job_name'), 'condition'] },
    kube_node_info: {
      type: 'gauge',
      labels: ['node', 'kernel_version', 'os_image', 'container_runtime_version', 'kubelet_version', 'provider_id', 'internal_ip'],
    },
    kube_node_status_condition: { type: 'gauge', labels: ['node', 'condition', 'status'] },
    kube_pod_container_status_restarts_total: { type: 'counter', labels: [...POD, 'container'] },
    kube_pod_container_status_waiting_reason: { type: 'gauge', labels: [...POD, 'container', 'reason'] },
    kube_pod_status_phase: { type: 'gauge', labels: [...POD, 'phase'] },
    kube_pod_status_unschedulable: { type: 'gauge', labels: POD },
    kube_resourcequota: { type: 'gauge', labels: [...OF('resourcequota'), 'resource', 'type'] },
    kube_statefulset_replicas: { type: 'gauge', labels: OF('statefulset') },
    kube_statefulset_status_replicas_ready: { type: 'gauge', labels: OF('statefulset') },
    kube_cronjob_next_schedule_time: { type: 'gauge', labels: ['cronjob', 'namespace'] },
    kube_deployment_status_replicas_unavailable: { type: 'gauge', labels: ['deployment', 'namespace'] },
    kube_job_status_active: { type: 'gauge', labels: ['job_name', 'namespace'] },
    kube_job_status_completion_time: { type: 'gauge', labels: ['job_name', 'namespace'] },
    kube_job_status_failed: { type: 'gauge', labels: ['job_name', 'namespace', 'reason'] },
    kube_job_status_start_time: { type: 'gauge', labels: ['job_name', 'namespace'] },
    kube_node_status_allocatable: { type: 'gauge', labels: ['node', 'resource', 'unit'] },
    kube_pod_container_resource_limits: { type: 'gauge', labels: ['container', 'namespace', 'node', 'pod', 'resource', 'uid', 'unit'] },
    kube_pod_container_resource_requests: { type: 'gauge', labels: ['container', 'namespace', 'node', 'pod', 'resource', 'uid', 'unit'] },
    kube_pod_container_status_last_terminated_reason: { type: 'gauge', labels: ['container', 'namespace', 'pod', 'reason', 'uid'] },
  },
};
