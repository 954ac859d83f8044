import type { App } from 'cdk8s';
import { customResource } from '../../imports/custom-resource';
import { BackupStorageLocation, Schedule } from '../../imports/velero.io';
import { NamedChart } from '../../synth/collect';
import { bucket } from '../aws/refs';
import type { Cluster } from '../cluster';
import { componentLabels } from '../native/labels';
import type { VeleroChoices } from './choices';
import { LOCATION, VELERO_NAMESPACE } from './names';
import { timeToLive } from './values';

/** Namespaces of Kubernetes itself: what is in them comes with the cluster or from git. */
const SYSTEM_NAMESPACES = ['kube-node-lease', 'kube-public', 'kube-system'];

/** What others make of what is backed up, and what is gone by the time of a restore. */
const EXCLUDED = [
  // Restored, they would ask Let's Encrypt again, or be finished orders of nobody.
  'certificaterequests.cert-manager.io',
  'challenges.acme.cert-manager.io',
  'orders.acme.cert-manager.io',
  // Happened, or are held by pods that are no more.
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
];

/** Where backups lie, when they are made and how long they are kept; one Argo CD Application. */
export class VeleroBackupsChart extends NamedChart {
  /** @throws when the contract has no bucket `backups`, or `schedule` is no cron expression with five fields */
  constructor(scope: App, id: string, cluster: Cluster, choices: VeleroChoices) {
    super(scope, id);
    const { schedule = '17 1 * * *', snapshotVolumes = true, excludedNamespaces = [], includeSecrets = false } = choices;
    if (!/^\S+( \S+){4}$/.test(schedule)) {
      throw new Error(
        `overlays/${cluster.name}/cluster.ts: the schedule of backups is "${schedule}"; expected a cron expression with five fields, as "17 1 * * *".`,
      );
    }
    const { name, region = cluster.aws.data.region, kmsKey } = bucket(cluster.aws, 'backups');
    const labels = { ...componentLabels('velero', 'backups') };
    customResource(this, 'location', BackupStorageLocation, {
      metadata: { name: LOCATION, namespace: VELERO_NAMESPACE, labels },
      spec: {
        provider: 'aws',
        default: true,
        accessMode: 'ReadWrite',
        // The bucket holds dumps of databases as well.
        objectStorage: { bucket: name, prefix: 'velero' },
        config: { region, ...(kmsKey === undefined ? {} : { kmsKeyId: kmsKey, serverSideEncryption: 'aws:kms' }) },
      },
    });
    customResource(this, 'daily', Schedule, {
      metadata: { name: 'daily', namespace: VELERO_NAMESPACE, labels },
      spec: {
        schedule,
        // A backup must outlive the schedule that made it.
        useOwnerReferencesInBackup: false,
        template: {
          ttl: timeToLive(cluster),
          storageLocation: LOCATION,
          includedNamespaces: ['*'],
          excludedNamespaces: [...new Set([...SYSTEM_NAMESPACES, ...excludedNamespaces])].sort(),
          // A copy of each secret in the bucket would be a second place to guard and to rotate.
          excludedResources: [...EXCLUDED, ...(includeSecrets ? [] : ['secrets'])].sort(),
          // By the CSI driver, with the one class of its own that carries Velero's label.
          snapshotVolumes,
          defaultVolumesToFsBackup: false,
        },
      },
    });
  }
}
