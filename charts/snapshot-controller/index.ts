import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, service } from '../gitops';
import type { Delivery, PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { SnapshotControllerChart } from './chart';
import { SnapshotClassesChart } from './classes';
import { NAME, NAMESPACE, snapshotControllerNetwork } from './network';

export { SNAPSHOT_CLASSES } from './classes';

const GROUP = 'snapshot.storage.k8s.io';

/**
 * Snapshots of volumes: the controller with its definitions, where the contract does not say that an add-on brings them, and the
 * VolumeSnapshotClasses of EBS.
 */
export function snapshotController(cluster: Cluster): PlatformComponent {
  const component = catalogue[NAME];
  if (cluster.aws.data.addons.snapshotController !== undefined) {
    return {
      runs: [],
      namespaces: [],
      network: { parties: [], edges: [] },
      // The add-on brought the definitions.
      deliver: (app) => [classes(app, cluster, { provides: [crds(GROUP), service(NAME)] })],
    };
  }
  return {
    runs: [component],
    namespaces: [],
    network: snapshotControllerNetwork(cluster),
    deliver: (app, { edges }) => [
      { unit: crdsUnit(component, cluster, [GROUP, 'groupsnapshot.storage.k8s.io']) },
      {
        chart: new SnapshotControllerChart(app, NAME, cluster, edges),
        namespace: NAMESPACE,
        provides: [service(NAME)],
        // It stops where its definitions are missing.
        needs: [crds(GROUP)],
      },
      classes(app, cluster, {}),
    ],
  };
}

const classes = (app: ConstructorParameters<typeof SnapshotClassesChart>[0], cluster: Cluster, more: Partial<Delivery>): Delivery => ({
  chart: new SnapshotClassesChart(app, 'snapshot-classes', cluster),
  namespace: 'default',
  ...more,
});
