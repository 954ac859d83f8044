import type { App } from 'cdk8s';
import { NamedChart } from '../../synth/collect';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import { program } from '../native/program';
import { type Edge, policiesOf } from '../network';
import { http } from '../workload/probe';
import { NAME, NAMESPACE, PODS, PORT } from './network';
import { snapshotControllerRoles } from './roles';

/** The snapshot controller: its program and its roles; one Argo CD Application. */
export class SnapshotControllerChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster, edges: readonly Edge[]) {
    super(scope, id);
    const component = catalogue['snapshot-controller'];
    const release = releaseFor(component, cluster);
    program(this, cluster, {
      component: NAME,
      part: 'controller',
      name: NAME,
      namespace: NAMESPACE,
      image: imageOf(component, release, 'controller'),
      version: release.version,
      args: [
        '--v=2',
        '--leader-election=true',
        `--leader-election-namespace=${NAMESPACE}`,
        `--http-endpoint=:${PORT}`,
        '--metrics-path=/metrics',
        '--feature-gates=CSIVolumeGroupSnapshot=false',
      ],
      ports: { http: PORT },
      replicas: cluster.environment.highAvailability ? 2 : 1,
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '256Mi' } },
      // Fails when the leader could not renew its lease, and stands by all the same.
      liveness: { check: http('/healthz/leader-election'), initialDelaySeconds: 30 },
      // It listens once it has found its definitions.
      readiness: { check: http('/metrics') },
      metrics: { port: 'http', path: '/metrics' },
    });
    snapshotControllerRoles(this);
    policiesOf(this, 'network', PODS, edges, componentLabels(NAME, 'controller'));
  }
}
