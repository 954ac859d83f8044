import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { headlessName, servicePorts } from '../native/controller';
import { componentLabels, componentSelector } from '../native/labels';
import { program } from '../native/program';
import { memoryShare } from '../native/quota';
import { type Edge, policiesOf } from '../network';
import { meshPodAnnotations } from '../network/pod-annotations';
import { digest } from '../workload/hash';
import { meshAnnotations } from '../workload/mesh';
import { http } from '../workload/probe';
import type { Resources } from '../workload/props';
import type { TracesChoice } from './choices';
import { gatewayConfig } from './gateway-config';
import { GATEWAY, GATEWAY_PORTS, TRACING_NAMESPACE } from './names';
import { COMPONENT, gatewayParty } from './network';

const RESOURCES: Resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } };
const CONFIG = { map: `${GATEWAY}-config`, file: 'collector.json', folder: '/etc/otelcol' } as const;
/** Seconds for what has been taken in to be decided about, and sent. */
const GRACE = 60;

/** Pods of the gateway, and what each asks for. */
export const gatewaySize = (
  { environment }: Pick<Cluster, 'environment'>,
  { replicas, resources }: TracesChoice,
): { readonly replicas: number; readonly resources: Resources } => ({
  replicas: replicas ?? (environment.highAvailability ? 2 : 1),
  resources: resources ?? RESOURCES,
});

/** The collector that takes in spans of workloads and proxies and samples them; one Argo CD Application. */
export class GatewayChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, choice: TracesChoice, edges: readonly Edge[]) {
    super(scope, id);
    const component = catalogue[COMPONENT];
    const release = releaseFor(component, cluster);
    const { replicas, resources } = gatewaySize(cluster, choice);
    const config = gatewayConfig(cluster, choice);
    const party = gatewayParty(cluster);
    const namespace = TRACING_NAMESPACE;
    const labels = componentLabels(COMPONENT, 'gateway');
    const selector = componentSelector(COMPONENT, 'gateway');
    const health = { check: http('/'), port: 'health' } as const;
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: CONFIG.map, namespace, labels },
      // JSON is YAML, which the collector reads.
      data: { [CONFIG.file]: `${JSON.stringify(config, null, 2)}\n` },
    });
    program(this, cluster, {
      component: COMPONENT,
      part: 'gateway',
      name: GATEWAY,
      namespace,
      image: imageOf(component, release, 'collector'),
      version: release.version,
      args: [`--config=${CONFIG.folder}/${CONFIG.file}`],
      env: [
        {
          name: 'GOMEMLIMIT',
          value: memoryShare(resources.limits.memory, 0.8, `overlays/${cluster.name}/cluster.ts: components.traces.resources`),
        },
      ],
      ports: GATEWAY_PORTS,
      replicas,
      resources,
      liveness: { ...health, initialDelaySeconds: 10, failureThreshold: 5 },
      readiness: health,
      kubernetesApi: false,
      podAnnotations: {
        'checksum/config': digest(config),
        ...meshAnnotations(cluster, 'running', GRACE),
        ...meshPodAnnotations(party, edges),
      },
      graceSeconds: GRACE,
      metrics: { port: 'metrics', path: '/metrics' },
    });
    const { otlp, 'otlp-http': otlpHttp, routed } = GATEWAY_PORTS;
    new k8s.KubeService(this, 'service', {
      metadata: { name: GATEWAY, namespace, labels },
      spec: { type: 'ClusterIP', selector, ports: servicePorts({ otlp, 'otlp-http': otlpHttp }) },
    });
    // Its name stands for the addresses of all pods that are ready: what routes spans has to know each.
    new k8s.KubeService(this, 'headless', {
      metadata: { name: headlessName(GATEWAY), namespace, labels },
      spec: { clusterIp: 'None', selector, ports: servicePorts({ routed }) },
    });
    policiesOf(this, 'network', party, edges, labels);
  }
}
