import { ApiObject, type App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import { serviceCertificate } from '../certificates';
import type { Cluster } from '../cluster';
import { componentLabels, componentSelector } from '../native/labels';
import { program } from '../native/program';
import { type Edge, policiesOf } from '../network';
import { https } from '../workload/probe';
import { NAME, NAMESPACE, PODS, PORT } from './network';
import { metricsServerRoles } from './roles';

const CERTIFICATE_SECRET = 'metrics-server-tls';
const CERTIFICATE_PATH = '/etc/metrics-server/tls';

/** metrics-server: its program, the API that it serves, its certificate and its roles; one Argo CD Application. */
export class MetricsServerChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, edges: readonly Edge[]) {
    super(scope, id);
    const labels = componentLabels(NAME, 'server');
    this.program(cluster);
    metricsServerRoles(this);
    new k8s.KubeService(this, 'service', {
      metadata: { name: NAME, namespace: NAMESPACE, labels },
      spec: {
        type: 'ClusterIP',
        selector: componentSelector(NAME, 'server'),
        ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('https') }],
      },
    });
    serviceCertificate(this, 'certificate', {
      name: NAME,
      namespace: NAMESPACE,
      service: NAME,
      secretName: CERTIFICATE_SECRET,
      labels,
    });
    // The CA injector writes `caBundle`; upstream lets the API server trust whoever answers.
    new k8s.KubeApiService(this, 'api-service', {
      metadata: { name: 'v1beta1.metrics.k8s.io', labels, annotations: { 'cert-manager.io/inject-ca-from': `${NAMESPACE}/${NAME}` } },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { name: NAME, namespace: NAMESPACE, port: 443 },
      },
    });
    policiesOf(this, 'network', PODS, edges, labels);
    // Nodes have their addresses among those of pods.
    ApiObject.of(this.node.findChild('network')).metadata.addAnnotation(
      'ignore-check.fleet/edge-declared',
      'The rule for kubelets also leads to pods that no policy isolates, as those of the DNS of EKS, on a port on which none of them listens.',
    );
  }

  private program(cluster: Cluster): void {
    const component = catalogue['metrics-server'];
    const release = releaseFor(component, cluster);
    program(this, cluster, {
      component: NAME,
      part: 'server',
      name: NAME,
      namespace: NAMESPACE,
      image: imageOf(component, release, 'server'),
      version: release.version,
      args: [
        `--secure-port=${PORT}`,
        `--tls-cert-file=${CERTIFICATE_PATH}/tls.crt`,
        `--tls-private-key-file=${CERTIFICATE_PATH}/tls.key`,
        '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
        '--kubelet-use-node-status-port',
        '--metric-resolution=15s',
        // Prometheus has no right of its own to ask for; its NetworkPolicy says who reaches the port.
        '--authorization-always-allow-paths=/livez,/readyz,/metrics',
      ],
      ports: { https: PORT },
      replicas: cluster.environment.highAvailability ? 2 : 1,
      // Upstream's measure for clusters of up to 100 nodes.
      resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '400Mi' } },
      liveness: { check: https('/livez'), initialDelaySeconds: 5 },
      readiness: { check: https('/readyz'), initialDelaySeconds: 20 },
      volumes: { tls: { volume: { secret: { secretName: CERTIFICATE_SECRET } }, mountPath: CERTIFICATE_PATH } },
      metrics: { port: 'https', path: '/metrics', scheme: 'https' },
    });
  }
}
