import type { App } from 'cdk8s';
import { speclessResource } from '../../imports/custom-resource';
import { VolumeSnapshotClass } from '../../imports/snapshot.storage.k8s.io';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';

/** VolumeSnapshotClasses of EBS volumes. */
export const SNAPSHOT_CLASSES = {
  /** The snapshot in EBS goes with its VolumeSnapshot: for schedules that delete what is too old. The default. */
  delete: 'ebs',
  /** The snapshot in EBS outlives its VolumeSnapshot, and its namespace: for Velero, which deletes what expires itself. */
  retain: 'ebs-retain',
} as const;

const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** The VolumeSnapshotClasses; one Argo CD Application. A class that goes takes the way to delete its snapshots with it, so they are kept. */
export class SnapshotClassesChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster) {
    super(scope, id);
    const labels = standardLabels('snapshot-classes', 'platform', cluster.platform);
    const driver = 'ebs.csi.aws.com';
    speclessResource(this, 'delete', VolumeSnapshotClass, {
      metadata: {
        name: SNAPSHOT_CLASSES.delete,
        labels: { ...labels },
        annotations: { ...KEPT, 'snapshot.storage.kubernetes.io/is-default-class': 'true' },
      },
      driver,
      deletionPolicy: 'Delete',
    });
    speclessResource(this, 'retain', VolumeSnapshotClass, {
      metadata: {
        name: SNAPSHOT_CLASSES.retain,
        labels: { ...labels, 'velero.io/csi-volumesnapshot-class': 'true' },
        annotations: KEPT,
      },
      driver,
      deletionPolicy: 'Retain',
    });
  }
}
