import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import { accountOf, program } from '../native/program';
import { memoryShare } from '../native/quota';
import { clusterRole } from '../native/rbac';
import { type Edge, policiesOf } from '../network';
import { digest } from '../workload/hash';
import { http } from '../workload/probe';
import type { Resources } from '../workload/props';
import { agentConfig, NODE_NAME, POD_LOGS, POSITIONS } from './agent-config';
import { AGENT_PORTS, LOG_AGENT, LOG_AGENTS_NAMESPACE } from './names';
import { COMPONENT, LOG_AGENT_PODS } from './network';

export const AGENT_RESOURCES: Resources = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } };

const CONFIG = { map: `${LOG_AGENT}-config`, file: 'collector.json', folder: '/etc/otelcol' } as const;

/** What an agent does that no other pod may, and why. */
const EXEMPTIONS = {
  'ignore-check.fleet/host-path':
    'It reads the logs that the container runtime writes on the node, and remembers there how far it has read.',
  'ignore-check.fleet/run-as-non-root': 'The container runtime lets root alone read the logs. It has no capability beside that.',
  'ignore-check.fleet/run-as-user': 'The container runtime lets root alone read the logs. It has no capability beside that.',
  'ignore-check.fleet/root-group': 'The container runtime lets root alone read the logs. It has no capability beside that.',
  'ignore-check.fleet/writable-host-mount':
    'It remembers in a folder of its own how far it has read, past its own end and the node’s next start.',
};

/** The collector on each node, which reads the logs of its pods; one Argo CD Application. */
export class LogAgentChart extends NamedChart {
  /** @param tenants - of what keeps the logs */
  constructor(scope: App, id: string, cluster: Cluster, resources: Resources, tenants: readonly string[], edges: readonly Edge[]) {
    super(scope, id);
    const component = catalogue[COMPONENT];
    const release = releaseFor(component, cluster);
    const config = agentConfig(tenants);
    const namespace = LOG_AGENTS_NAMESPACE;
    const labels = componentLabels(COMPONENT, 'agent');
    const health = { check: http('/'), port: 'health' } as const;
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: CONFIG.map, namespace, labels },
      // JSON is YAML, which the collector reads.
      data: { [CONFIG.file]: `${JSON.stringify(config, null, 2)}\n` },
    });
    program(this, cluster, {
      component: COMPONENT,
      part: 'agent',
      name: LOG_AGENT,
      namespace,
      image: imageOf(component, release, 'collector'),
      version: release.version,
      args: [`--config=${CONFIG.folder}/${CONFIG.file}`],
      env: [
        {
          name: 'GOMEMLIMIT',
          value: memoryShare(resources.limits.memory, 0.8, `overlays/${cluster.name}/cluster.ts: components.logs.resources`),
        },
        { name: NODE_NAME, valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      ],
      ports: AGENT_PORTS,
      everyNode: true,
      resources,
      liveness: { ...health, initialDelaySeconds: 10, failureThreshold: 5 },
      readiness: health,
      user: 0,
      volumes: {
        config: { volume: { configMap: { name: CONFIG.map } }, mountPath: CONFIG.folder },
        logs: { volume: { hostPath: { path: POD_LOGS } }, mountPath: POD_LOGS },
        positions: { volume: { hostPath: { path: POSITIONS, type: 'DirectoryOrCreate' } }, mountPath: POSITIONS, readOnly: false },
      },
      podAnnotations: { 'checksum/config': digest(config) },
      annotations: EXEMPTIONS,
      metrics: { port: 'metrics', path: '/metrics' },
    });
    clusterRole(this, LOG_AGENT, accountOf({ component: COMPONENT, part: 'agent', name: LOG_AGENT, namespace }), [
      {
        resources: ['pods'],
        verbs: ['get', 'list', 'watch'],
        why: 'Labels of the pods whose logs it reads; those of its node alone, which no rule can say.',
      },
    ]);
    policiesOf(this, 'network', LOG_AGENT_PODS, edges, labels);
  }
}
