import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { servicePorts } from '../native/controller';
import { componentLabels, componentSelector } from '../native/labels';
import { program } from '../native/program';
import { memoryShare } from '../native/quota';
import { type Edge, policiesOf } from '../network';
import { meshPodAnnotations } from '../network/pod-annotations';
import { TRACING_NAMESPACE } from '../otel-collector/names';
import { digest } from '../workload/hash';
import { meshAnnotations } from '../workload/mesh';
import { http } from '../workload/probe';
import type { JaegerChoices } from './choices';
import { JAEGER, JAEGER_PORTS } from './names';
import { jaegerParty } from './network';
import { DATA, jaegerConfig, jaegerSize } from './settings';

const CONFIG = { map: 'jaeger-config', file: 'jaeger.json', folder: '/etc/jaeger' } as const;
const GRACE = 60;

/** Jaeger: its program, its configuration and the Service at which spans arrive and traces are asked for; one Argo CD Application. */
export class JaegerChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, choices: JaegerChoices, edges: readonly Edge[]) {
    super(scope, id);
    const release = releaseFor(catalogue.jaeger, cluster);
    const { storage, resources } = jaegerSize(cluster, choices);
    const config = jaegerConfig(storage);
    const party = jaegerParty(cluster);
    const namespace = TRACING_NAMESPACE;
    const labels = componentLabels(JAEGER, JAEGER);
    const health = { check: http('/status'), port: 'health' } as const;
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: CONFIG.map, namespace, labels },
      // JSON is YAML, which Jaeger reads.
      data: { [CONFIG.file]: `${JSON.stringify(config, null, 2)}\n` },
    });
    program(this, cluster, {
      component: JAEGER,
      part: JAEGER,
      name: JAEGER,
      namespace,
      image: imageOf(catalogue.jaeger, release, 'jaeger'),
      version: release.version,
      args: [`--config=${CONFIG.folder}/${CONFIG.file}`],
      env: [
        {
          name: 'GOMEMLIMIT',
          value: memoryShare(resources.limits.memory, 0.8, `overlays/${cluster.name}/cluster.ts: components.traces.jaeger.resources`),
        },
      ],
      ports: JAEGER_PORTS,
      // Two would each know half of the traces; Badger's files belong to one process, which a StatefulSet ends before it starts the next.
      replicas: 1,
      resources,
      liveness: { ...health, initialDelaySeconds: 15, failureThreshold: 6 },
      readiness: health,
      volumes: { config: { volume: { configMap: { name: CONFIG.map } }, mountPath: CONFIG.folder } },
      ...(storage.kind === 'badger' ? { claims: { data: { mountPath: DATA, size: storage.volume } } } : {}),
      kubernetesApi: false,
      podAnnotations: {
        'checksum/config': digest(config),
        ...meshAnnotations(cluster, 'running', GRACE),
        ...meshPodAnnotations(party, edges),
      },
      graceSeconds: GRACE,
      metrics: { port: 'metrics', path: '/metrics' },
    });
    const { otlp, 'query-grpc': grpc, 'query-http': pages } = JAEGER_PORTS;
    new k8s.KubeService(this, 'service', {
      metadata: { name: JAEGER, namespace, labels },
      spec: {
        type: 'ClusterIP',
        selector: componentSelector(JAEGER, JAEGER),
        ports: servicePorts({ otlp, 'query-grpc': grpc, 'query-http': pages }),
      },
    });
    policiesOf(this, 'network', party, edges, labels);
  }
}
