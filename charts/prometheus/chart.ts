import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { customResource } from '../../imports/custom-resource';
import { Prometheus } from '../../imports/monitoring.coreos.com';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import { type Edge, prometheus } from '../network';
import { meshPodAnnotations } from '../network/pod-annotations';
import { operatedPods, operatedStorage, partOf } from '../platform/operated';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import type { PrometheusChoices } from './choices';
import { prometheusRoles } from './roles';
import { scrapes } from './scrapes';
import { thanosAnnotations, thanosSidecar } from './thanos';

/** Name of its objects. */
export const NAME = 'prometheus';

/** Prometheus, what it scrapes beside monitors of others, and its roles; one Argo CD Application. Its operator makes the pods. */
export class PrometheusChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, choices: PrometheusChoices, edges: readonly Edge[]) {
    super(scope, id);
    const labels = componentLabels(NAME, 'server');
    const party = prometheus(cluster);
    prometheusRoles(this, labels, thanosAnnotations(cluster, choices));
    scrapes(this, labels);
    this.server(cluster, choices, labels, meshPodAnnotations(party, edges));
    new k8s.KubeService(this, 'service', {
      metadata: {
        name: party.name,
        namespace: MONITORING_NAMESPACE,
        labels,
        annotations: { 'ignore-check.fleet/service-selects-pods': 'The operator makes the pods.' },
      },
      spec: {
        type: 'ClusterIP',
        selector: { ...party.selector },
        ports: [{ name: 'web', port: party.ports.web.number, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('web') }],
      },
    });
    new k8s.KubePodDisruptionBudget(this, 'pdb', {
      metadata: {
        name: party.name,
        namespace: MONITORING_NAMESPACE,
        labels,
        annotations: { 'ignore-check.fleet/pod-disruption-budget-selects-pods': 'The operator makes the pods.' },
      },
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        selector: { matchLabels: { ...party.selector } },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  }

  private server(
    cluster: Cluster,
    choices: PrometheusChoices,
    labels: Readonly<Record<string, string>>,
    podAnnotations: Readonly<Record<string, string>>,
  ): void {
    const component = catalogue.prometheus;
    const release = releaseFor(component, cluster);
    const party = prometheus(cluster);
    const where = `overlays/${cluster.name}/cluster.ts: components.monitoring.prometheus.storage`;
    customResource(this, 'prometheus', Prometheus, {
      metadata: { name: NAME, namespace: MONITORING_NAMESPACE, labels: { ...labels } },
      spec: {
        image: imageOf(component, release, 'server'),
        imagePullPolicy: 'IfNotPresent',
        version: release.version,
        replicas: cluster.environment.highAvailability ? 2 : 1,
        serviceAccountName: party.serviceAccount,
        automountServiceAccountToken: true,
        ...operatedPods(cluster, party.selector, choices.resources, choices.nodeGroup),
        ...(Object.keys(podAnnotations).length === 0 ? {} : { podMetadata: { annotations: { ...podAnnotations } } }),
        scrapeInterval: '15s',
        evaluationInterval: '15s',
        serviceDiscoveryRole: 'EndpointSlice',
        // Monitors and rules stand beside what they are about, in any namespace; scrape configurations only here.
        podMonitorSelector: {},
        podMonitorNamespaceSelector: {},
        serviceMonitorSelector: {},
        serviceMonitorNamespaceSelector: {},
        ruleSelector: {},
        ruleNamespaceSelector: {},
        scrapeConfigSelector: {},
        externalLabels: { cluster: cluster.name.replace('/', '-'), environment: cluster.environment.name, platform: cluster.platform },
        externalUrl: `http://${party.name}.${MONITORING_NAMESPACE}:${party.ports.web.number}`,
        retention: `${cluster.environment.retentionDays.metrics}d`,
        retentionSize: partOf(choices.storage, 0.85, where),
        storage: operatedStorage(choices.storage),
        logFormat: 'json',
        alerting: { alertmanagers: [{ name: 'alertmanager', namespace: MONITORING_NAMESPACE, port: 'web', apiVersion: 'v2' }] },
        ...thanosSidecar(this, cluster, choices, labels),
      },
    });
  }
}
