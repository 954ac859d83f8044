import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { customResource } from '../imports/custom-resource';
import { PodMonitor } from '../imports/monitoring.coreos.com';
import type { ServiceSpec } from './specs';

/** Adds the nine objects of a service, written against the L1 API as this project's charts are. */
export function addObjectsL1(chart: Chart, spec: ServiceSpec): void {
  const { name, namespace, port } = spec;
  const selector = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': namespace };
  const labels = { ...selector, 'app.kubernetes.io/part-of': 'shop' };
  const metadata = { name, namespace, labels };
  new k8s.KubeServiceAccount(chart, 'service-account', { metadata, automountServiceAccountToken: false });
  new k8s.KubeConfigMap(chart, 'config', {
    metadata,
    data: {
      'settings.yaml': `service: ${name}\nlog:\n  level: info\n  format: json\nlisten: 0.0.0.0:${port}\n`,
      LOG_LEVEL: 'info',
      PEER_URL: `http://${spec.caller}:80`,
    },
  });
  new k8s.KubeDeployment(chart, 'deployment', {
    metadata,
    spec: {
      selector: { matchLabels: selector },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: k8s.IntOrString.fromString('25%'), maxUnavailable: k8s.IntOrString.fromNumber(0) },
      },
      template: { metadata: { labels }, spec: podSpec(spec, selector) },
    },
  });
  new k8s.KubeService(chart, 'service', {
    metadata,
    spec: { type: 'ClusterIP', selector, ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
  });
  new k8s.KubeHorizontalPodAutoscalerV2(chart, 'autoscaler', {
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: spec.min,
      maxReplicas: spec.max,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    },
  });
  new k8s.KubePodDisruptionBudget(chart, 'disruption', {
    metadata,
    spec: { selector: { matchLabels: selector }, maxUnavailable: k8s.IntOrString.fromNumber(1) },
  });
  new k8s.KubeNetworkPolicy(chart, 'network', {
    metadata,
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': spec.caller } } }],
          ports: [{ port: k8s.IntOrString.fromString('http'), protocol: 'TCP' }],
        },
      ],
    },
  });
  new k8s.KubeIngress(chart, 'ingress', {
    metadata,
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: [`${name}.shop.example`], secretName: `${name}-tls` }],
      rules: [
        {
          host: `${name}.shop.example`,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }] },
        },
      ],
    },
  });
  addPodMonitor(chart, spec, selector, labels);
}

/** The custom object; there is no higher-level class for it. */
export function addPodMonitor(
  chart: Chart,
  { name, namespace }: ServiceSpec,
  matchLabels: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): void {
  customResource(chart, 'monitor', PodMonitor, {
    metadata: { name, namespace, labels },
    spec: { selector: { matchLabels }, podMetricsEndpoints: [{ port: 'http', path: '/metrics', interval: '15s' }] },
  });
}

function podSpec({ name, image, port, cpu, memory }: ServiceSpec, selector: Readonly<Record<string, string>>): k8s.PodSpec {
  const quantity = k8s.Quantity.fromString;
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selector },
      },
    ],
    containers: [
      {
        name: 'main',
        image,
        ports: [{ name: 'http', containerPort: port }],
        env: [
          { name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name, key: 'LOG_LEVEL' } } },
          { name: 'PEER_URL', valueFrom: { configMapKeyRef: { name, key: 'PEER_URL' } } },
        ],
        resources: {
          requests: { cpu: quantity(`${cpu}m`), memory: quantity(`${memory}Mi`) },
          limits: { cpu: quantity(`${2 * cpu}m`), memory: quantity(`${2 * memory}Mi`) },
        },
        livenessProbe: {
          httpGet: { path: '/health', port: k8s.IntOrString.fromString('http') },
          initialDelaySeconds: 30,
          periodSeconds: 10,
        },
        readinessProbe: { httpGet: { path: '/ready', port: k8s.IntOrString.fromString('http') }, initialDelaySeconds: 5, periodSeconds: 5 },
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'config', mountPath: '/etc/service', readOnly: true }],
      },
    ],
    volumes: [{ name: 'config', configMap: { name, items: [{ key: 'settings.yaml', path: 'settings.yaml' }] } }],
  };
}
