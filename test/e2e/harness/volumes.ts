import type { Client } from './client';
import type { Nodes } from './nodes';
import { type Watch, watch } from './watch';

interface Claim {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly storageClassName?: string;
    readonly accessModes: readonly string[];
    readonly volumeMode?: string;
    readonly volumeName?: string;
    readonly resources: { readonly requests: Readonly<Record<string, string>> };
  };
}

/**
 * Stands for the provisioner behind the StorageClasses: makes a volume for each claim whose class exists, in the zone of the node that
 * the scheduler chose. Binding is the real controller's.
 */
export async function provisionVolumes(client: Client, nodes: Nodes): Promise<Watch<Claim>> {
  const made = new Set<string>();
  const provision = async (claim: Claim): Promise<void> => {
    const { uid, annotations = {} } = claim.metadata;
    const name = claim.spec.storageClassName;
    if (made.has(uid) || claim.spec.volumeName !== undefined || name === undefined) return;
    const { status, body } = await client.request('GET', `/apis/storage.k8s.io/v1/storageclasses/${name}`);
    const node = nodes.get(annotations['volume.kubernetes.io/selected-node'] ?? '');
    if (status !== 200 || (body.volumeBindingMode === 'WaitForFirstConsumer' && node === undefined) || made.has(uid)) return;
    made.add(uid);
    await client.request('POST', '/api/v1/persistentvolumes', { body: JSON.stringify(volume(claim, node?.zone)) });
  };
  return watch<Claim>(client, '/api/v1/persistentvolumeclaims', (claim) => void provision(claim).catch(() => {}));
}

function volume({ metadata: { name, namespace, uid }, spec }: Claim, zone: string | undefined): object {
  const inZone = { key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] };
  return {
    metadata: { name: `pvc-${uid}`, annotations: { 'pv.kubernetes.io/provisioned-by': 'ebs.csi.aws.com' } },
    spec: {
      capacity: { storage: spec.resources.requests.storage },
      accessModes: spec.accessModes,
      volumeMode: spec.volumeMode,
      storageClassName: spec.storageClassName,
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: `vol-${uid}` },
      ...(zone === undefined ? {} : { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [inZone] }] } } }),
    },
  };
}
