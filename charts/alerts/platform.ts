import type { AlertGroup } from './rule';

export const nodeAlerts: AlertGroup = {
  name: 'nodes',
  alerts: [
    {
      name: 'KubernetesNodeNotReady',
      expr: 'kube_node_status_condition{condition="Ready", status="true"} == 0',
      for: '10m',
      severity: 'critical',
      team: 'platform',
      summary: 'Node {{ $labels.node }} has not been ready for ten minutes.',
    },
    {
      name: 'NodeDiskFilling',
      expr: 'node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/"} < 0.12',
      for: '15m',
      severity: 'warning',
      team: 'platform',
      summary: 'The disk of node {{ $labels.node }} has {{ $value | humanizePercentage }} left; at 10 % the kubelet evicts pods.',
    },
    {
      name: 'NodesLostOften',
      // The autoscaler takes nodes one by one; EC2 takes spot instances back in numbers.
      expr: 'count(count by (node) (count_over_time(kube_node_info[1h]))) - count(kube_node_info) > 4',
      for: '5m',
      severity: 'warning',
      team: 'platform',
      summary: '{{ $value }} nodes went within an hour: interrupted spot instances, or an autoscaler that cannot decide.',
    },
    {
      name: 'PodsUnschedulable',
      expr: 'sum by (namespace) (kube_pod_status_unschedulable) > 0',
      for: '15m',
      severity: 'warning',
      team: 'namespace',
      summary: '{{ $value }} pods in {{ $labels.namespace }} have found no node for 15 minutes.',
    },
    {
      name: 'NodeGroupCannotGrow',
      expr: 'sum by (reason) (increase(cluster_autoscaler_failed_scale_ups_total[30m])) > 0',
      for: '15m',
      severity: 'warning',
      team: 'platform',
      summary: 'The cluster autoscaler could not add nodes: {{ $labels.reason }}.',
    },
  ],
};

export const workloadAlerts: AlertGroup = {
  name: 'workloads',
  alerts: [
    {
      name: 'PodCrashLooping',
      expr: 'max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m])) >= 1',
      for: '15m',
      severity: 'warning',
      team: 'namespace',
      summary: 'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} ends again and again.',
    },
    {
      name: 'DeploymentIncomplete',
      expr: 'kube_deployment_spec_replicas - kube_deployment_status_replicas_available > 0',
      for: '20m',
      severity: 'warning',
      team: 'namespace',
      summary: '{{ $labels.namespace }}/{{ $labels.deployment }} has been {{ $value }} pods short for 20 minutes.',
    },
    {
      name: 'DeploymentDown',
      expr: 'kube_deployment_status_replicas_available == 0 and kube_deployment_spec_replicas > 0',
      for: '5m',
      severity: 'critical',
      team: 'namespace',
      summary: 'No pod of {{ $labels.namespace }}/{{ $labels.deployment }} is available.',
    },
    {
      name: 'StatefulSetIncomplete',
      expr: 'kube_statefulset_replicas - kube_statefulset_status_replicas_ready > 0',
      for: '20m',
      severity: 'warning',
      team: 'namespace',
      summary: '{{ $labels.namespace }}/{{ $labels.statefulset }} has been {{ $value }} pods short for 20 minutes.',
    },
    {
      name: 'HpaAtMaximum',
      expr: 'kube_horizontalpodautoscaler_status_current_replicas >= kube_horizontalpodautoscaler_spec_max_replicas and kube_horizontalpodautoscaler_spec_max_replicas > kube_horizontalpodautoscaler_spec_min_replicas',
      for: '30m',
      severity: 'warning',
      team: 'namespace',
      summary: '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has run at its maximum for half an hour: {{ $value }} pods.',
    },
    {
      name: 'JobFailed',
      expr: 'kube_job_failed{condition="true"} > 0',
      for: '1m',
      severity: 'warning',
      team: 'namespace',
      summary: 'Job {{ $labels.namespace }}/{{ $labels.job_name }} failed with all its tries.',
    },
    {
      name: 'QuotaNearlyUsed',
      expr: 'kube_resourcequota{type="used"} / ignoring(type) (kube_resourcequota{type="hard"} > 0) > 0.9',
      for: '15m',
      severity: 'warning',
      team: 'namespace',
      summary: 'Namespace {{ $labels.namespace }} uses {{ $value | humanizePercentage }} of its {{ $labels.resource }}.',
    },
  ],
};

export const storageAlerts: AlertGroup = {
  name: 'storage',
  alerts: [
    {
      name: 'VolumeFilling',
      expr: 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.15',
      for: '15m',
      severity: 'warning',
      team: 'namespace',
      summary: 'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left.',
    },
    {
      name: 'VolumeNearlyFull',
      expr: 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.03',
      for: '5m',
      severity: 'critical',
      team: 'namespace',
      summary: 'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left.',
    },
  ],
};

export const certificateAlerts: AlertGroup = {
  name: 'certificates',
  alerts: [
    {
      name: 'CertificateNotReady',
      expr: 'certmanager_certificate_ready_status{condition!="True"} == 1',
      for: '1h',
      severity: 'warning',
      team: 'platform',
      summary: 'Certificate {{ $labels.exported_namespace }}/{{ $labels.name }} could not be issued.',
    },
    {
      name: 'CertificateRenewalOverdue',
      expr: '(time() - certmanager_certificate_renewal_timestamp_seconds) > 7200 and certmanager_certificate_renewal_timestamp_seconds > 0',
      for: '15m',
      severity: 'warning',
      team: 'platform',
      summary:
        'Certificate {{ $labels.exported_namespace }}/{{ $labels.name }} should have been renewed {{ $value | humanizeDuration }} ago.',
    },
    {
      name: 'CertificateExpires',
      // An eighth of the shortest life of a certificate that people see, and all of the day in which the mesh's issuer is renewed.
      expr: 'certmanager_certificate_expiration_timestamp_seconds - time() < 43200',
      for: '5m',
      severity: 'critical',
      team: 'platform',
      summary: 'Certificate {{ $labels.exported_namespace }}/{{ $labels.name }} expires in {{ $value | humanizeDuration }}.',
    },
  ],
};

export const meshAlerts: AlertGroup = {
  name: 'mesh',
  alerts: [
    {
      name: 'MeshIssuerExpires',
      expr: 'min(issuer_cert_ttl_seconds) < 72000',
      for: '15m',
      severity: 'critical',
      team: 'platform',
      summary: 'The issuer that Linkerd has loaded expires in {{ $value | humanizeDuration }}; after that no proxy gets a certificate.',
    },
    {
      name: 'MeshProxyCertificateExpires',
      expr: 'min by (namespace, pod) (control_identity_cert_expiration_timestamp_seconds > 0) - time() < 14400',
      for: '15m',
      severity: 'warning',
      team: 'platform',
      summary:
        'The proxy of {{ $labels.namespace }}/{{ $labels.pod }} was not given a new certificate; its own is good for {{ $value | humanizeDuration }}.',
    },
    {
      name: 'MeshCallsDenied',
      expr: 'sum by (namespace, srv_name, client_id) (rate(inbound_http_authz_deny_total[5m])) > 0.1',
      for: '15m',
      severity: 'warning',
      team: 'namespace',
      summary: '{{ $labels.client_id }} calls {{ $labels.namespace }}/{{ $labels.srv_name }}, and no policy lets it in.',
    },
  ],
};

export const ingressAlerts: AlertGroup = {
  name: 'ingress',
  alerts: [
    {
      name: 'IngressConfigurationRejected',
      expr: 'nginx_ingress_controller_config_last_reload_successful == 0',
      for: '10m',
      severity: 'critical',
      team: 'platform',
      summary: '{{ $labels.pod }} could not load its configuration: changes of hosts do not take effect.',
    },
    {
      name: 'IngressErrors',
      expr: 'sum by (exported_namespace, ingress) (rate(nginx_ingress_controller_requests{status=~"5.."}[5m])) / sum by (exported_namespace, ingress) (rate(nginx_ingress_controller_requests[5m])) > 0.05',
      for: '10m',
      severity: 'critical',
      team: 'product',
      summary: '{{ $value | humanizePercentage }} of the requests to {{ $labels.ingress }} end with a status 5xx.',
    },
  ],
};

export const deliveryAlerts: AlertGroup = {
  name: 'delivery',
  alerts: [
    {
      name: 'ArgoCdApplicationUnhealthy',
      expr: 'argocd_app_info{health_status=~"Degraded|Missing"} == 1',
      for: '30m',
      severity: 'warning',
      team: 'platform',
      summary: 'Application {{ $labels.name }} is {{ $labels.health_status }}.',
    },
    {
      name: 'ArgoCdApplicationOutOfSync',
      expr: 'argocd_app_info{autosync_enabled="true", sync_status!="Synced"} == 1',
      for: '1h',
      severity: 'warning',
      team: 'platform',
      summary: 'Application {{ $labels.name }} syncs by itself and has been {{ $labels.sync_status }} for an hour.',
    },
    {
      name: 'ExternalSecretNotSynced',
      expr: 'externalsecret_status_condition{condition="Ready", status="False"} == 1',
      for: '30m',
      severity: 'warning',
      team: 'platform',
      summary: 'Secret {{ $labels.exported_namespace }}/{{ $labels.name }} could not be read from AWS.',
    },
  ],
};

export const backupAlerts: AlertGroup = {
  name: 'backups',
  alerts: [
    {
      name: 'BackupFailed',
      expr: 'velero_backup_last_status{schedule!=""} == 0',
      for: '15m',
      severity: 'warning',
      team: 'platform',
      summary: 'The last backup of the schedule {{ $labels.schedule }} failed.',
    },
    {
      name: 'BackupOld',
      expr: 'time() - velero_backup_last_successful_timestamp{schedule!=""} > 129600',
      for: '15m',
      severity: 'critical',
      team: 'platform',
      summary: 'The last good backup of the schedule {{ $labels.schedule }} is {{ $value | humanizeDuration }} old.',
    },
  ],
};

export const monitoringAlerts: AlertGroup = {
  name: 'monitoring',
  alerts: [
    {
      name: 'PrometheusTargetDown',
      expr: 'count by (namespace, job) (up == 0) > 0',
      for: '15m',
      severity: 'warning',
      team: 'namespace',
      summary: '{{ $value }} targets of {{ $labels.job }} do not answer Prometheus.',
    },
    {
      name: 'PrometheusConfigurationRejected',
      expr: 'prometheus_config_last_reload_successful == 0',
      for: '10m',
      severity: 'critical',
      team: 'platform',
      summary: '{{ $labels.pod }} could not load its configuration.',
    },
    {
      name: 'PrometheusRulesFail',
      expr: 'sum by (pod, rule_group) (increase(prometheus_rule_evaluation_failures_total[15m])) > 0',
      for: '15m',
      severity: 'warning',
      team: 'platform',
      summary: 'Rules of {{ $labels.rule_group }} could not be evaluated.',
    },
    {
      name: 'PrometheusNotWriting',
      expr: 'sum by (pod) (increase(prometheus_tsdb_wal_writes_failed_total[15m])) > 0',
      for: '5m',
      severity: 'critical',
      team: 'platform',
      summary: '{{ $labels.pod }} cannot write what it scrapes.',
    },
    {
      name: 'PrometheusAlertsDropped',
      expr: 'sum by (pod) (increase(prometheus_notifications_dropped_total[15m])) > 0',
      for: '15m',
      severity: 'critical',
      team: 'platform',
      summary: '{{ $labels.pod }} could not hand its alerts to Alertmanager.',
    },
    {
      name: 'AlertmanagerConfigurationRejected',
      expr: 'alertmanager_config_last_reload_successful == 0',
      for: '10m',
      severity: 'critical',
      team: 'platform',
      summary: '{{ $labels.pod }} could not load its configuration.',
    },
    {
      name: 'AlertmanagerCannotTell',
      expr: 'sum by (integration, receiver_name) (rate(alertmanager_notifications_failed_total[15m])) / sum by (integration, receiver_name) (rate(alertmanager_notifications_total[15m])) > 0.01',
      for: '15m',
      severity: 'critical',
      team: 'platform',
      summary: 'Alerts for {{ $labels.receiver_name }} do not arrive.',
    },
  ],
};
