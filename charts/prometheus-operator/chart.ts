import type { App } from 'cdk8s';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import { program } from '../native/program';
import { type Edge, policiesOf } from '../network';
import { http } from '../workload/probe';
import { MONITORING_NAMESPACE } from './namespace';
import { NAME, PORT, pods } from './network';
import { prometheusOperatorRoles } from './roles';

/** Service that the operator keeps for the kubelets; a ServiceMonitor of Prometheus selects it. */
export const KUBELET_SERVICE = 'kube-system/kubelet';
/** What the container that reloads configuration asks for in each pod of Prometheus and Alertmanager. */
export const RELOADER_REQUESTS = { cpu: '10m', memory: '32Mi' } as const;

/** The operator of Prometheus and Alertmanager, with its roles; one Argo CD Application. */
export class PrometheusOperatorChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, edges: readonly Edge[]) {
    super(scope, id);
    const component = catalogue['prometheus-operator'];
    const release = releaseFor(component, cluster);
    program(this, cluster, {
      component: NAME,
      part: 'controller',
      name: NAME,
      namespace: MONITORING_NAMESPACE,
      image: imageOf(component, release, 'operator'),
      version: release.version,
      args: [
        `--kubelet-service=${KUBELET_SERVICE}`,
        '--kubelet-endpoints=false',
        '--kubelet-endpointslice=true',
        // It runs what stands in its own namespace, and so needs Secrets of no other.
        `--prometheus-instance-namespaces=${MONITORING_NAMESPACE}`,
        `--alertmanager-instance-namespaces=${MONITORING_NAMESPACE}`,
        `--alertmanager-config-namespaces=${MONITORING_NAMESPACE}`,
        `--thanos-ruler-instance-namespaces=${MONITORING_NAMESPACE}`,
        `--prometheus-config-reloader=${imageOf(component, release, 'reloader')}`,
        `--config-reloader-cpu-request=${RELOADER_REQUESTS.cpu}`,
        '--config-reloader-cpu-limit=0',
        `--config-reloader-memory-request=${RELOADER_REQUESTS.memory}`,
        '--config-reloader-memory-limit=64Mi',
        '--enable-config-reloader-probes=true',
        // A Prometheus without selectors gets no configuration of its own.
        '--disable-unmanaged-prometheus-configuration=true',
        '--localhost=127.0.0.1',
        '--log-format=json',
        `--web.listen-address=:${PORT}`,
      ],
      // It elects no leader: two at once would write the same objects in turn.
      replicas: 1,
      ports: { http: PORT },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '384Mi' } },
      liveness: { check: http('/healthz') },
      readiness: { check: http('/healthz') },
      metrics: { port: 'http', path: '/metrics' },
    });
    prometheusOperatorRoles(this);
    policiesOf(this, 'network', pods(cluster), edges, componentLabels(NAME, 'controller'));
  }
}
