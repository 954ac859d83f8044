import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { role } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { servicePorts } from '../native/controller';
import { componentLabels, componentSelector } from '../native/labels';
import { program } from '../native/program';
import { memoryShare } from '../native/quota';
import { type Edge, policiesOf } from '../network';
import { digest } from '../workload/hash';
import { http } from '../workload/probe';
import type { LokiChoices } from './choices';
import { LOGGING_NAMESPACE, LOKI, PORTS } from './names';
import { LOKI_PODS } from './network';
import { DATA, lokiConfig, sizeOf } from './settings';

/** Name of the ConfigMap, of the file in it, and where it is mounted. */
const CONFIG = { map: 'loki-config', file: 'loki.json', folder: '/etc/loki/config' } as const;

/** Loki: its program, its configuration and the Service that is written to and asked; one Argo CD Application. */
export class LokiChart extends NamedChart {
  /** @throws when the contract has no bucket `logs`, or no IAM role for `logging/loki` */
  constructor(scope: App, id: string, cluster: Cluster, choices: LokiChoices, edges: readonly Edge[]) {
    super(scope, id);
    const release = releaseFor(catalogue.loki, cluster);
    const { replicas, resources, volume } = sizeOf(cluster, choices);
    const where = `overlays/${cluster.name}/cluster.ts: components.logs.resources`;
    const config = lokiConfig(cluster, choices, memoryShare(resources.limits.memory, 0.6, where).replace('MiB', 'MB'));
    const labels = componentLabels(LOKI, LOKI);
    const namespace = LOGGING_NAMESPACE;
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: CONFIG.map, namespace, labels },
      // JSON is YAML, which Loki reads.
      data: { [CONFIG.file]: `${JSON.stringify(config, null, 2)}\n` },
    });
    program(this, cluster, {
      component: LOKI,
      part: LOKI,
      name: LOKI,
      namespace,
      image: imageOf(catalogue.loki, release, 'loki'),
      version: release.version,
      args: ['-target=all', `-config.file=${CONFIG.folder}/${CONFIG.file}`, '-memberlist.advertise-addr=$(POD_IP)'],
      env: [
        { name: 'GOMEMLIMIT', value: memoryShare(resources.limits.memory, 0.9, where) },
        { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        // The one place where it may write.
        { name: 'TMPDIR', value: DATA },
      ],
      ports: PORTS,
      replicas,
      resources,
      // It answers long before it is ready: a journal may take minutes to read.
      liveness: { check: http('/loki/api/v1/status/buildinfo'), port: 'http', periodSeconds: 30, failureThreshold: 10 },
      readiness: { check: http('/ready'), port: 'http', initialDelaySeconds: 15, periodSeconds: 10 },
      volumes: { config: { volume: { configMap: { name: CONFIG.map } }, mountPath: CONFIG.folder } },
      claims: { data: { mountPath: DATA, size: volume } },
      kubernetesApi: false,
      accountAnnotations: { 'eks.amazonaws.com/role-arn': role(cluster.aws, namespace, LOKI) },
      podAnnotations: { 'checksum/config': digest(config) },
      // What is in memory goes to S3 first.
      graceSeconds: 300,
      metrics: { port: 'http', path: '/metrics' },
    });
    new k8s.KubeService(this, 'service', {
      metadata: { name: LOKI, namespace, labels },
      spec: { type: 'ClusterIP', selector: componentSelector(LOKI, LOKI), ports: servicePorts({ http: PORTS.http }) },
    });
    policiesOf(this, 'network', LOKI_PODS, edges, labels);
  }
}
