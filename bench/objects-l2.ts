import { type Chart, Size } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { addPodMonitor } from './objects-l1';
import type { ServiceSpec } from './specs';

/** Adds the nine objects of a service as the manual of cdk8s-plus shows it: its own classes, L1 where it has none. */
export function addObjectsL2(chart: Chart, spec: ServiceSpec): void {
  const { name, namespace, port, cpu, memory } = spec;
  const selector = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': namespace };
  const labels = { ...selector, 'app.kubernetes.io/part-of': 'shop' };
  const metadata = { name, namespace, labels };
  const serviceAccount = new plus.ServiceAccount(chart, 'service-account', { metadata, automountToken: false });
  const config = new plus.ConfigMap(chart, 'config', {
    metadata,
    data: {
      'settings.yaml': `service: ${name}\nlog:\n  level: info\n  format: json\nlisten: 0.0.0.0:${port}\n`,
      LOG_LEVEL: 'info',
      PEER_URL: `http://${spec.caller}:80`,
    },
  });
  const deployment = new plus.Deployment(chart, 'deployment', {
    metadata,
    select: false,
    podMetadata: { labels },
    serviceAccount,
    automountServiceAccountToken: false,
    securityContext: { ensureNonRoot: true },
    strategy: plus.DeploymentStrategy.rollingUpdate({
      maxSurge: plus.PercentOrAbsolute.percent(25),
      maxUnavailable: plus.PercentOrAbsolute.absolute(0),
    }),
    containers: [
      {
        name: 'main',
        image: spec.image,
        ports: [{ name: 'http', number: port }],
        envVariables: {
          LOG_LEVEL: plus.EnvValue.fromConfigMap(config, 'LOG_LEVEL'),
          PEER_URL: plus.EnvValue.fromConfigMap(config, 'PEER_URL'),
        },
        resources: {
          cpu: { request: plus.Cpu.millis(cpu), limit: plus.Cpu.millis(2 * cpu) },
          memory: { request: Size.mebibytes(memory), limit: Size.mebibytes(2 * memory) },
        },
        liveness: plus.Probe.fromHttpGet('/health', { port }),
        readiness: plus.Probe.fromHttpGet('/ready', { port }),
        volumeMounts: [{ path: '/etc/service', volume: plus.Volume.fromConfigMap(chart, 'volume', config), readOnly: true }],
      },
    ],
  });
  deployment.select(plus.LabelSelector.of({ labels: selector }));
  deployment.scheduling.spread({ topology: plus.Topology.ZONE });
  const service = deployment.exposeViaService({ name, ports: [{ name: 'http', port: 80, targetPort: port }] });
  new plus.HorizontalPodAutoscaler(chart, 'autoscaler', {
    metadata,
    target: deployment,
    minReplicas: spec.min,
    maxReplicas: spec.max,
    metrics: [plus.Metric.resourceCpu(plus.MetricTarget.averageUtilization(70))],
  });
  new plus.k8s.KubePodDisruptionBudget(chart, 'disruption', {
    metadata,
    spec: { selector: { matchLabels: selector }, maxUnavailable: plus.k8s.IntOrString.fromNumber(1) },
  });
  new plus.NetworkPolicy(chart, 'network', {
    metadata,
    selector: deployment,
    ingress: {
      rules: [
        {
          peer: plus.Pods.select(chart, 'callers', { labels: { 'app.kubernetes.io/name': spec.caller } }),
          ports: [plus.NetworkPolicyPort.tcp(port)],
        },
      ],
    },
  });
  new plus.Ingress(chart, 'ingress', {
    metadata,
    className: 'nginx',
    tls: [{ hosts: [`${name}.shop.example`], secret: plus.Secret.fromSecretName(chart, 'certificate', `${name}-tls`) }],
    rules: [
      {
        host: `${name}.shop.example`,
        path: '/',
        pathType: plus.HttpIngressPathType.PREFIX,
        backend: plus.IngressBackend.fromService(service),
      },
    ],
  });
  addPodMonitor(chart, spec, selector, labels);
}
