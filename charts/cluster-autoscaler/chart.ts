import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { role } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import { program } from '../native/program';
import { type Edge, policiesOf } from '../network';
import { OVERPROVISIONING_PRIORITY } from '../overprovisioning/priority';
import { http } from '../workload/probe';
import { EXPANDER_CONFIG, expanderPriorities, expanders, prefersSpot } from './expander';
import { NAME, NAMESPACE, PODS, PORT } from './network';
import { clusterAutoscalerRoles } from './roles';

/** The cluster autoscaler: its program, its roles and its preference for spot groups; one Argo CD Application. */
export class ClusterAutoscalerChart extends NamedChart {
  /** @throws when the contract has no role for it, and as {@link expanderPriorities} does */
  constructor(scope: App, id: string, cluster: Cluster, edges: readonly Edge[]) {
    super(scope, id);
    const component = catalogue['cluster-autoscaler'];
    const release = releaseFor(component, cluster);
    const labels = componentLabels(NAME, 'autoscaler');
    const groups = cluster.nodeGroups;
    if (prefersSpot(groups)) {
      new k8s.KubeConfigMap(this, 'expander', {
        metadata: { name: EXPANDER_CONFIG, namespace: NAMESPACE, labels },
        data: { priorities: expanderPriorities(groups, `overlays/${cluster.name}/cluster.ts`) },
      });
    }
    program(this, cluster, {
      component: NAME,
      part: 'autoscaler',
      name: NAME,
      namespace: NAMESPACE,
      image: imageOf(component, release, 'autoscaler'),
      version: release.version,
      command: ['./cluster-autoscaler'],
      args: argsOf(cluster),
      env: [{ name: 'AWS_REGION', value: cluster.aws.data.region }],
      ports: { http: PORT },
      replicas: cluster.environment.highAvailability ? 2 : 1,
      resources: { requests: { cpu: '50m', memory: '300Mi' }, limits: { memory: '600Mi' } },
      liveness: { check: http('/health-check'), timeoutSeconds: 5 },
      readiness: { check: http('/health-check'), timeoutSeconds: 5 },
      // An IAM role must be assumed through exactly this service account.
      accountAnnotations: { 'eks.amazonaws.com/role-arn': role(cluster.aws, NAMESPACE, NAME) },
      metrics: { port: 'http', path: '/metrics' },
    });
    clusterAutoscalerRoles(this, release.version);
    policiesOf(this, 'network', PODS, edges, labels);
  }
}

function argsOf({ aws, nodeGroups }: Cluster): readonly string[] {
  const { name } = aws.data.cluster;
  return [
    '--v=2',
    '--cloud-provider=aws',
    `--cluster-name=${name}`,
    `--namespace=${NAMESPACE}`,
    `--address=:${PORT}`,
    // The AWS layer tags the groups that are the autoscaler's; only of this cluster.
    `--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/${name}`,
    `--expander=${expanders(nodeGroups)}`,
    // Groups that differ in their zone alone grow in turn.
    '--balance-similar-node-groups=true',
    // Platform pods have PodDisruptionBudgets, which hold for them; without these two no node would ever be let go.
    '--skip-nodes-with-system-pods=false',
    '--skip-nodes-with-local-storage=false',
    // Pods that hold room are worth a node; below them nothing is.
    `--expendable-pods-priority-cutoff=${OVERPROVISIONING_PRIORITY}`,
    '--scale-down-delay-after-add=10m',
    '--scale-down-unneeded-time=10m',
    '--scale-down-utilization-threshold=0.5',
    // Spot capacity may be out: another group is tried after this time.
    '--max-node-provision-time=10m',
  ];
}
