import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../charts/cluster';
import { STORAGE_CLASSES, type StorageClassesChoices, storageClasses } from '../../charts/storage-classes';
import { environments } from '../../overlays/environments';
import { clusterWith, contract, contractWith } from '../workload/support';
import { delivered } from './delivered';

const KEYS = {
  data: 'arn:aws:kms:us-east-1:111122223333:key/d8a0b7a0-bc3d-4a8a-a5fe-66e71fed5c08',
  volumes: 'arn:aws:kms:us-east-1:111122223333:key/0ac6d480-419f-42ed-addd-f592799e6411',
};
const render = (choices: StorageClassesChoices = {}, changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...contractWith({ kmsKeys: KEYS }), ...changes });
  return delivered(cluster, [storageClasses(cluster, choices)]).objects;
};

describe('storage classes', () => {
  test('minimal choices: gp3 at its floor, encrypted with the cluster’s key, for claims that name no class', () => {
    const [gp3, ...others] = render().of('StorageClass');
    expect(others).toEqual([]);
    expect(gp3.metadata).toMatchObject({
      name: STORAGE_CLASSES.gp3,
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    });
    expect(gp3.parameters).toMatchObject({ type: 'gp3', iops: '3000', throughput: '125', encrypted: 'true', kmsKeyId: KEYS.data });
    expect(gp3).toMatchObject({ volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion: true, reclaimPolicy: 'Delete' });
  });

  test('all choices: io2 beside it, another key, another policy', () => {
    const choices: Required<StorageClassesChoices> = { io2: { iops: 1000 }, kmsKey: 'volumes', reclaimPolicy: 'Retain' };
    const objects = render(choices);
    const io2 = objects.one('StorageClass', STORAGE_CLASSES.io2);
    expect(io2.parameters).toMatchObject({ type: 'io2', iops: '1000', encrypted: 'true' });
    // Throughput is gp3's alone, and there is one default.
    expect(io2.parameters.throughput).toBeUndefined();
    expect(io2.metadata.annotations['storageclass.kubernetes.io/is-default-class']).toBeUndefined();
    for (const each of objects.of('StorageClass')) {
      expect(each.parameters.kmsKeyId).toBe(KEYS.volumes);
      expect(each.reclaimPolicy).toBe('Retain');
    }
  });

  test('keep volumes in production whose claims are gone', () => {
    expect(render({}, { environment: environments.production }).one('StorageClass').reclaimPolicy).toBe('Retain');
  });

  test('are never pruned', () => {
    for (const { metadata } of render({ io2: { iops: 1000 } }).of('StorageClass')) {
      expect(metadata.annotations['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
    }
  });

  test('are refused where they cannot be', () => {
    expect(() => render({ io2: { iops: 10 } })).toThrow(/io2\.iops is 10; expected a whole number from 100/);
    expect(() => render({ kmsKey: 'gone' })).toThrow(/kmsKeys has no entry "gone"/);
    const ebsCsi = { ...contract.addons.ebsCsi, storageClasses: ['ebs-gp3'] };
    expect(() => render({}, contractWith({ kmsKeys: KEYS, addons: { ...contract.addons, ebsCsi } }))).toThrow(
      /addons\.ebsCsi\.storageClasses: ebs-gp3 is said to be there already/,
    );
  });
});
