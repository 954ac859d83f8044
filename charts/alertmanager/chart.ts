import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { dump } from 'js-yaml';
import { customResource } from '../../imports/custom-resource';
import { ExternalSecret } from '../../imports/external-secrets.io';
import { Alertmanager, PodMonitor } from '../../imports/monitoring.coreos.com';
import { NamedChart } from '../../synth/collect';
import { secretPath } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import type { Edge } from '../network';
import { meshPodAnnotations } from '../network/pod-annotations';
import { operatedPods, operatedStorage } from '../platform/operated';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import { SECRET_STORES } from '../secret-stores/names';
import type { Labels } from '../workload/labels';
import { REMOTE_DEFAULTS } from '../workload/secrets';
import type { AlertmanagerChoices } from './choices';
import { alertmanagerConfig, keysOf } from './config';
import { alertmanagerPods, NAME } from './network';
import { asTemplate } from './template';

/** Of each replica. */
export const RESOURCES = { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } } as const;

/** Alertmanager and its configuration; one Argo CD Application. The operator makes the pods. */
export class AlertmanagerChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, choices: AlertmanagerChoices, edges: readonly Edge[]) {
    super(scope, id);
    const labels = componentLabels(NAME, 'server');
    this.configuration(cluster, choices, labels);
    this.server(cluster, labels, edges);
    this.around(cluster, labels);
  }

  /** The Secret that has the configuration, and the keys that it names as files. */
  private configuration(cluster: Cluster, choices: AlertmanagerChoices, labels: Labels): void {
    const keys = keysOf(choices);
    customResource(this, 'configuration', ExternalSecret, {
      metadata: { name: NAME, namespace: MONITORING_NAMESPACE, labels: { ...labels } },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: SECRET_STORES.secretsManager },
        target: {
          name: NAME,
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            data: {
              'alertmanager.yaml': asTemplate(dump(alertmanagerConfig(choices), { lineWidth: -1 })),
              ...Object.fromEntries(keys.map((key) => [key, `{{ .${key} }}`])),
            },
          },
        },
        data: keys.map((property) => ({
          secretKey: property,
          remoteRef: { key: secretPath(cluster.aws, NAME), property, ...REMOTE_DEFAULTS },
        })),
      },
    });
  }

  private server(cluster: Cluster, labels: Labels, edges: readonly Edge[]): void {
    const release = releaseFor(catalogue.alertmanager, cluster);
    const party = alertmanagerPods(cluster);
    const podAnnotations = meshPodAnnotations(party, edges);
    customResource(this, 'alertmanager', Alertmanager, {
      metadata: { name: NAME, namespace: MONITORING_NAMESPACE, labels: { ...labels } },
      spec: {
        image: imageOf(catalogue.alertmanager, release, 'server'),
        imagePullPolicy: 'IfNotPresent',
        version: release.version,
        replicas: cluster.environment.highAvailability ? 2 : 1,
        serviceAccountName: NAME,
        automountServiceAccountToken: false,
        ...operatedPods(cluster, party.selector, RESOURCES),
        ...(Object.keys(podAnnotations).length === 0 ? {} : { podMetadata: { annotations: { ...podAnnotations } } }),
        configSecret: NAME,
        secrets: [NAME],
        externalUrl: `http://${NAME}.${MONITORING_NAMESPACE}:${party.ports.web.number}`,
        retention: '120h',
        // Silences, and what was sent already.
        storage: operatedStorage('1Gi'),
        logFormat: 'json',
      },
    });
  }

  /** What stands beside the pods: account, Service, disruption budget, monitor. */
  private around(cluster: Cluster, labels: Labels): void {
    const { selector, ports } = alertmanagerPods(cluster);
    const made = (check: string) => ({
      name: NAME,
      namespace: MONITORING_NAMESPACE,
      labels,
      annotations: { [`ignore-check.fleet/${check}`]: 'The operator makes the pods.' },
    });
    new k8s.KubeServiceAccount(this, 'serviceaccount', {
      metadata: { name: NAME, namespace: MONITORING_NAMESPACE, labels },
      automountServiceAccountToken: false,
    });
    new k8s.KubeService(this, 'service', {
      metadata: made('service-selects-pods'),
      spec: {
        type: 'ClusterIP',
        selector: { ...selector },
        ports: [{ name: 'web', port: ports.web.number, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('web') }],
      },
    });
    new k8s.KubePodDisruptionBudget(this, 'pdb', {
      metadata: made('pod-disruption-budget-selects-pods'),
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        selector: { matchLabels: { ...selector } },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
    customResource(this, 'podmonitor', PodMonitor, {
      metadata: { ...made('pod-monitor-selects-pods'), labels: { ...labels } },
      spec: { selector: { matchLabels: { ...selector } }, podMetricsEndpoints: [{ port: 'web' }, { port: 'reloader-web' }] },
    });
  }
}
