import type { Construct } from 'constructs';
import { customResource } from '../../imports/custom-resource';
import { PodMonitor, ScrapeConfig, ServiceMonitor, type ServiceMonitorSpec } from '../../imports/monitoring.coreos.com';
import { prometheus } from '../network';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import type { Labels } from '../workload/labels';

type Endpoint = ServiceMonitorSpec['endpoints'][number];

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How kubelets and the API server are asked: with the token of Prometheus' account, against the cluster's own CA. */
const withToken = {
  scheme: 'https',
  bearerTokenFile: `${ACCOUNT}/token`,
  tlsConfig: { caFile: `${ACCOUNT}/ca.crt` },
} as const satisfies Partial<Endpoint>;

/** What a kubelet answers, by path. Its series name pods themselves, so their labels win over those of the target. */
const KUBELET_PATHS = ['/metrics', '/metrics/cadvisor', '/metrics/probes', '/metrics/resource'];

/** cAdvisor's bulk that nothing asks for; and its series of cgroups that are no pod's, which would be counted beside their pods'. */
const CADVISOR_DROPPED: NonNullable<Endpoint['metricRelabelings']> = [
  {
    action: 'drop',
    sourceLabels: ['__name__'],
    regex:
      'container_(blkio_device_usage_total|file_descriptors|memory_failures_total|tasks_state|threads_max|ulimits_soft|last_seen|spec_.*)',
  },
  { action: 'drop', sourceLabels: ['id', 'pod'], regex: '.+;' },
];

/** All that the API server is asked for: of its thousands of series these say how it does. */
const APISERVER_KEPT =
  'apiserver_current_inflight_requests|apiserver_request_total|apiserver_request_duration_seconds_(count|sum)|process_start_time_seconds';

/** What Prometheus scrapes beside monitors that components and workloads bring. */
export function scrapes(scope: Construct, labels: Labels): void {
  const metadata = (name: string, annotations?: Labels) => ({
    name,
    namespace: MONITORING_NAMESPACE,
    labels: { ...labels },
    ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
  });
  kubernetesPods(scope, metadata('kubernetes-pods'));
  const elsewhere = (why: string): Labels => ({ 'ignore-check.fleet/service-monitor-selects-services': why });
  customResource(scope, 'kubelets', ServiceMonitor, {
    metadata: metadata('kubelets', elsewhere('The operator keeps this Service.')),
    spec: {
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: { 'app.kubernetes.io/managed-by': 'prometheus-operator', 'app.kubernetes.io/name': 'kubelet' } },
      namespaceSelector: { matchNames: ['kube-system'] },
      endpoints: KUBELET_PATHS.map((path) => ({
        port: 'https-metrics',
        path,
        ...withToken,
        honorLabels: true,
        // cAdvisor's own times lie behind, and its series would outlive their pods by minutes.
        honorTimestamps: false,
        relabelings: [{ action: 'replace', sourceLabels: ['__metrics_path__'], targetLabel: 'metrics_path' }] as const,
        ...(path === '/metrics/cadvisor' ? { metricRelabelings: CADVISOR_DROPPED } : {}),
      })),
    },
  });
  // EKS lets nobody ask its scheduler, controllers or etcd.
  customResource(scope, 'api-server', ServiceMonitor, {
    metadata: metadata('api-server'),
    spec: {
      jobLabel: 'component',
      selector: { matchLabels: { component: 'apiserver', provider: 'kubernetes' } },
      namespaceSelector: { matchNames: ['default'] },
      endpoints: [
        {
          port: 'https',
          ...withToken,
          tlsConfig: { ...withToken.tlsConfig, serverName: 'kubernetes' },
          metricRelabelings: [{ action: 'keep', sourceLabels: ['__name__'], regex: APISERVER_KEPT }],
        },
      ],
    },
  });
  customResource(scope, 'self', PodMonitor, {
    metadata: metadata('prometheus', { 'ignore-check.fleet/pod-monitor-selects-pods': 'The operator makes the pods.' }),
    spec: {
      selector: { matchLabels: { ...prometheus({ mesh: false }).selector } },
      podMetricsEndpoints: [{ port: 'web' }, { port: 'reloader-web' }],
    },
  });
}

/**
 * The job `kubernetes-pods` as the specification gives it: pods that ask by annotation, and their labels on every series. Pods with a
 * monitor of their own carry no annotation (a check holds it), so nothing is scraped twice.
 */
function kubernetesPods(scope: Construct, metadata: Parameters<typeof customResource>[3]['metadata']): void {
  customResource(scope, 'kubernetes-pods', ScrapeConfig, {
    metadata,
    spec: {
      jobName: 'kubernetes-pods',
      kubernetesSDConfigs: [{ role: 'Pod' }],
      relabelings: [
        { sourceLabels: ['__meta_kubernetes_pod_annotation_prometheus_io_scrape'], action: 'keep', regex: 'true' },
        {
          sourceLabels: ['__meta_kubernetes_pod_annotation_prometheus_io_path'],
          action: 'replace',
          targetLabel: '__metrics_path__',
          regex: '(.+)',
        },
        {
          sourceLabels: ['__address__', '__meta_kubernetes_pod_annotation_prometheus_io_port'],
          action: 'replace',
          regex: '([^:]+)(?::\\d+)?;(\\d+)',
          replacement: '$1:$2',
          targetLabel: '__address__',
        },
        { action: 'labelmap', regex: '__meta_kubernetes_pod_label_(.+)' },
        { sourceLabels: ['__meta_kubernetes_namespace'], action: 'replace', targetLabel: 'kubernetes_namespace' },
        { sourceLabels: ['__meta_kubernetes_pod_name'], action: 'replace', targetLabel: 'kubernetes_pod_name' },
      ],
    },
  });
}
