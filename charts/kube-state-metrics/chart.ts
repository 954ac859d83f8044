import type { App } from 'cdk8s';
import { customResource } from '../../imports/custom-resource';
import { PodMonitor } from '../../imports/monitoring.coreos.com';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels, componentSelector } from '../native/labels';
import { program } from '../native/program';
import { clusterRole } from '../native/rbac';
import { type Edge, policiesOf } from '../network';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import { http } from '../workload/probe';
import { COLLECTORS, collectorRules } from './collectors';
import { NAME, PORTS, pods } from './network';

/** kube-state-metrics: its program, and a role of what it tells of; one Argo CD Application. */
export class KubeStateMetricsChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, edges: readonly Edge[]) {
    super(scope, id);
    const component = catalogue['kube-state-metrics'];
    const release = releaseFor(component, cluster);
    const labels = componentLabels(NAME, 'exporter');
    program(this, cluster, {
      component: NAME,
      part: 'exporter',
      name: NAME,
      namespace: MONITORING_NAMESPACE,
      image: imageOf(component, release, 'exporter'),
      version: release.version,
      args: [`--port=${PORTS.http}`, `--telemetry-port=${PORTS.telemetry}`, `--resources=${[...COLLECTORS].sort().join(',')}`],
      ports: PORTS,
      // A second one would double every series.
      replicas: 1,
      resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '384Mi' } },
      liveness: { check: http('/livez'), initialDelaySeconds: 5, timeoutSeconds: 5 },
      readiness: { check: http('/readyz'), port: 'telemetry', initialDelaySeconds: 5, timeoutSeconds: 5 },
    });
    clusterRole(this, NAME, { name: NAME, namespace: MONITORING_NAMESPACE, labels }, collectorRules(COLLECTORS));
    customResource(this, 'podmonitor', PodMonitor, {
      metadata: { name: NAME, namespace: MONITORING_NAMESPACE, labels: { ...labels } },
      spec: {
        selector: { matchLabels: { ...componentSelector(NAME, 'exporter') } },
        podMetricsEndpoints: [
          // Its labels `namespace`, `pod` and `container` are of what it tells of, and win over its own.
          { port: 'http', path: '/metrics', honorLabels: true },
          { port: 'telemetry', path: '/metrics' },
        ],
      },
    });
    policiesOf(this, 'network', pods(cluster), edges, labels);
  }
}
