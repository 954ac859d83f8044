import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import { kmsKey } from '../aws/refs';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';

/** StorageClasses of EBS volumes. */
export const STORAGE_CLASSES = { gp3: 'ebs-gp3', io2: 'ebs-io2' } as const;

/** What a cluster may choose for its volumes. */
export interface StorageClassesChoices {
  /** `ebs-io2`, for volumes that need more than gp3 guarantees; EBS bills each of the operations per second. @default - no such class */
  readonly io2?: { readonly iops: number };
  /** Key of the contract, by name, that encrypts the volumes. @default 'data' */
  readonly kmsKey?: string;
  /** What becomes of a volume whose claim is deleted. @default - kept in production, else deleted */
  readonly reclaimPolicy?: 'Retain' | 'Delete';
}

/** gp3 gives every volume at least these; its price includes them. */
const GP3 = { iops: '3000', throughput: '125' };

/**
 * The StorageClasses; one Argo CD Application. Nothing but labels and annotations of a class can be changed, and volumes go on to name
 * it: they are never pruned.
 */
export class StorageClassesChart extends NamedChart {
  /** @throws when the contract has no such key, or says that a class is there already; when the IOPS are none that io2 takes */
  constructor(scope: App, id: string, cluster: Cluster, choices: StorageClassesChoices) {
    super(scope, id);
    const { io2 } = choices;
    this.storageClass(cluster, choices, STORAGE_CLASSES.gp3, { type: 'gp3', ...GP3 }, true);
    if (io2 === undefined) return;
    const { iops } = io2;
    if (!Number.isInteger(iops) || iops < 100 || iops > 256_000) {
      throw new Error(`overlays/${cluster.name}/cluster.ts: io2.iops is ${iops}; expected a whole number from 100 to 256000.`);
    }
    this.storageClass(cluster, choices, STORAGE_CLASSES.io2, { type: 'io2', iops: String(iops) }, false);
  }

  private storageClass(
    { aws, platform, environment }: Cluster,
    { kmsKey: key = 'data', reclaimPolicy }: StorageClassesChoices,
    name: string,
    parameters: Readonly<Record<string, string>>,
    isDefault: boolean,
  ): void {
    if (aws.data.addons.ebsCsi.storageClasses.includes(name)) {
      throw new Error(
        `${aws.file}: addons.ebsCsi.storageClasses: ${name} is said to be there already, but the platform renders it. Take it out of the contract once the AWS layer no longer makes it.`,
      );
    }
    new k8s.KubeStorageClass(this, name, {
      metadata: {
        name,
        labels: standardLabels('storage-classes', 'platform', platform),
        annotations: {
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          ...(isDefault ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : {}),
        },
      },
      provisioner: 'ebs.csi.aws.com',
      parameters: { ...parameters, 'csi.storage.k8s.io/fstype': 'ext4', encrypted: 'true', kmsKeyId: kmsKey(aws, key) },
      reclaimPolicy: reclaimPolicy ?? (environment.name === 'production' ? 'Retain' : 'Delete'),
      allowVolumeExpansion: true,
      // A volume lives in one zone: that of the node that the scheduler chose.
      volumeBindingMode: 'WaitForFirstConsumer',
    });
  }
}
