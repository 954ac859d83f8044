import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, namespace, service, type Unit } from '../gitops';
import { apiServer, awsApis, commonEdges, type NetworkPart, type PodParty, prometheus } from '../network';
import type { PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { chartSource } from '../platform/pinned';
import { VeleroBackupsChart } from './backups';
import type { VeleroChoices } from './choices';
import { VELERO_ACCOUNT, VELERO_NAMESPACE } from './names';
import { veleroValues } from './values';

export type { VeleroChoices } from './choices';
export { VELERO_NAMESPACE } from './names';
export { timeToLive, type VeleroValues, veleroValues } from './values';

/** What Velero may request, with room for a rollout. */
const QUOTA = { cpu: '300m', memory: '2Gi', pods: 5 } as const;
const RBAC = 'rbac.authorization.k8s.io';

/** Its pods, as the chart makes them. */
const SERVER: PodParty = {
  name: 'velero',
  namespace: VELERO_NAMESPACE,
  selector: { 'app.kubernetes.io/instance': 'velero', 'app.kubernetes.io/name': 'velero' },
  serviceAccount: VELERO_ACCOUNT,
  // It must be able to restore a mesh that is gone.
  meshed: false,
  ports: { 'http-monitoring': { number: 8085 } },
  foreign: true,
};

function network(cluster: Cluster): NetworkPart {
  return {
    parties: [SERVER],
    edges: [
      ...commonEdges(SERVER, cluster),
      { from: SERVER, to: apiServer(cluster).callee, port: 443 },
      { from: SERVER, to: awsApis(cluster), port: 443, why: 'writes backups to S3' },
      { from: prometheus(cluster), to: SERVER, port: 'http-monitoring', direct: true },
    ],
  };
}

function unit(cluster: Cluster, choices: VeleroChoices): Unit {
  return {
    name: 'velero',
    tier: 'platform',
    project: 'platform',
    namespace: VELERO_NAMESPACE,
    provides: [service('velero')],
    needs: [namespace(VELERO_NAMESPACE), crds('velero.io'), crds('monitoring.coreos.com')],
    source: { ...chartSource(catalogue.velero, cluster, veleroValues(cluster, choices)), skipCrds: true },
    objects: [],
    clusterKinds: [{ group: RBAC, kind: 'ClusterRoleBinding' }],
    namespacedKinds: [
      { group: '', kind: 'ConfigMap' },
      { group: '', kind: 'Service' },
      { group: '', kind: 'ServiceAccount' },
      { group: 'apps', kind: 'Deployment' },
      { group: 'monitoring.coreos.com', kind: 'ServiceMonitor' },
      { group: RBAC, kind: 'Role' },
      { group: RBAC, kind: 'RoleBinding' },
    ],
  };
}

/** Velero: backs up objects to S3 and volumes as snapshots, daily, for as long as the environment says. */
export function velero(cluster: Cluster, choices: VeleroChoices = {}): PlatformComponent {
  const snapshots = choices.snapshotVolumes === false ? [] : [service('snapshot-controller')];
  return {
    runs: [catalogue.velero],
    namespaces: [{ name: VELERO_NAMESPACE, meshed: false, quota: QUOTA }],
    network: network(cluster),
    deliver: (app) => [
      { unit: crdsUnit(catalogue.velero, cluster, ['velero.io']) },
      { unit: unit(cluster, choices) },
      {
        chart: new VeleroBackupsChart(app, 'velero-backups', cluster, choices),
        namespace: VELERO_NAMESPACE,
        needs: [service('velero'), ...snapshots],
      },
    ],
  };
}
