import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../charts/cluster';
import { SNAPSHOT_CLASSES, snapshotController } from '../../charts/snapshot-controller';
import { environments } from '../../overlays/environments';
import { hasRbacFacts } from '../native/rbac-facts';
import { clusterWith, contract, contractWith } from '../workload/support';
import { delivered } from './delivered';
import { flag, rightsBeside } from './native';

const NAME = 'snapshot-controller';
const render = (changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith(changes);
  return delivered(cluster, [snapshotController(cluster)]);
};
const provided = contractWith({ addons: { ...contract.addons, snapshotController: { version: 'v8.2.0-eksbuild.1' } } });

describe('the snapshot controller', () => {
  test('has its definitions before it and its classes, from upstream’s repository at the tag', () => {
    const { unit, wave } = render();
    expect(unit('snapshot-controller-crds').source).toMatchObject({ kind: 'git', path: 'client/config/crd', tag: 'v8.6.0' });
    for (const name of [NAME, 'snapshot-classes']) expect(wave(name)).toBeGreaterThan(wave('snapshot-controller-crds'));
  });

  test('elects a leader among its pods', () => {
    const { objects } = render({ environment: environments.production });
    expect(objects.one('Deployment').spec.replicas).toBe(2);
    expect(flag(objects, NAME, 'leader-election')).toEqual(['true']);
    const lease = objects.one('Role');
    expect(flag(objects, NAME, 'leader-election-namespace')).toEqual([lease.metadata.namespace]);
  });

  // The facts stand in ../shared; where that is absent, skipped.
  test.skipIf(!hasRbacFacts)('may do what upstream lets it, but make snapshots of groups', () => {
    const { wider, narrower } = rightsBeside(render().objects, NAME, '1.28', NAME);
    // A lease is renewed by update or by patch; upstream also lets it delete every lease of the namespace.
    expect(wider).toEqual(['patch coordination.k8s.io/leases snapshot-controller-leader']);
    expect(narrower.filter((right) => !/ (groupsnapshot\.storage\.k8s\.io\/|coordination\.k8s\.io\/leases$)/.test(right))).toEqual([]);
    expect(flag(render().objects, NAME, 'feature-gates')).toEqual(['CSIVolumeGroupSnapshot=false']);
  });

  test('is left to the add-on where the contract has one: only the classes are rendered', () => {
    const { objects, units, graph } = render(provided);
    expect(units.map(({ name }) => name)).toEqual(['namespaces', 'snapshot-classes']);
    expect(new Set(objects.all.map(({ kind }) => kind))).toEqual(new Set(['VolumeSnapshotClass']));
    expect(graph.parties.map(({ name }) => name)).not.toContain(NAME);
  });
});

describe('classes of snapshots', () => {
  test('one goes with its VolumeSnapshot and is the default; one outlives it and is Velero’s', () => {
    const { objects } = render();
    const [deleted, retained] = [SNAPSHOT_CLASSES.delete, SNAPSHOT_CLASSES.retain].map((name) => objects.one('VolumeSnapshotClass', name));
    expect([deleted.deletionPolicy, retained.deletionPolicy]).toEqual(['Delete', 'Retain']);
    const isDefault = ({ metadata }: typeof deleted) => metadata.annotations['snapshot.storage.kubernetes.io/is-default-class'];
    expect([isDefault(deleted), isDefault(retained)]).toEqual(['true', undefined]);
    const isVeleros = ({ metadata }: typeof deleted) => metadata.labels['velero.io/csi-volumesnapshot-class'];
    expect([isVeleros(deleted), isVeleros(retained)]).toEqual([undefined, 'true']);
  });

  test('are never pruned', () => {
    for (const { metadata } of render().objects.of('VolumeSnapshotClass')) {
      expect(metadata.annotations['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
    }
  });
});
