import { describe, expect, test } from 'vitest';
import { snapshotController } from '../../charts/snapshot-controller';
import { type VeleroChoices, velero } from '../../charts/velero';
import { environments } from '../../overlays/environments';
import { delivered } from '../components/delivered';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const bucket = { name: 'shop-backups-dev', arn: 'arn:aws:s3:::shop-backups-dev', kmsKey: KEY };
const backed = contractWith({
  buckets: { backups: bucket },
  roles: { 'velero/velero': 'arn:aws:iam::111122223333:role/shop-dev-velero' },
});

const render = (choices?: VeleroChoices, changes = {}, withSnapshots = true) => {
  const cluster = clusterWith({ ...backed, ...changes });
  return delivered(cluster, [...(withSnapshots ? [snapshotController(cluster)] : []), velero(cluster, choices)]);
};

describe('backups with minimal choices', () => {
  test.each([
    ['dev', 7],
    ['staging', 30],
    ['production', 90],
  ] as const)('in %s are kept %i days', (name, days) => {
    const { objects, values } = render({}, { environment: environments[name] });
    const ttl = `${24 * days}h0m0s`;
    expect(objects.one('Schedule').spec.template.ttl).toBe(ttl);
    // Those that people start by hand as well.
    expect(values('velero').configuration.defaultBackupTTL).toBe(ttl);
  });

  test('are made once a day, and outlive their schedule', () => {
    const { spec } = render().objects.one('Schedule');
    expect(spec.schedule).toMatch(/^\d+ \d+ \* \* \*$/);
    expect(spec.useOwnerReferencesInBackup).toBe(false);
  });

  test('lie in the bucket of the contract, encrypted with its key', () => {
    expect(render().objects.one('BackupStorageLocation').spec).toMatchObject({
      default: true,
      objectStorage: { bucket: 'shop-backups-dev' },
      config: { region: 'us-east-1', kmsKeyId: KEY },
    });
    const elsewhere = {
      ...contractWith({ ...backed.aws.data, buckets: { backups: { ...bucket, region: 'us-west-2', kmsKey: undefined } } }),
    };
    expect(render({}, elsewhere).objects.one('BackupStorageLocation').spec.config).toEqual({ region: 'us-west-2' });
    expect(() => render({}, contractWith({ ...backed.aws.data, buckets: contract.buckets }))).toThrow(/buckets has no entry "backups"/);
  });

  test('hold no values of secrets, and nothing of kube-system', () => {
    const { template } = render().objects.one('Schedule').spec;
    expect(template.excludedResources).toContain('secrets');
    expect(template.excludedNamespaces).toContain('kube-system');
  });

  test('hold volumes as snapshots, by the class that the snapshot controller brings for Velero', () => {
    const { objects, values, wave } = render();
    expect(wave('velero-backups')).toBeGreaterThan(wave('snapshot-controller'));
    const ours = objects
      .of('VolumeSnapshotClass')
      .filter(({ metadata }: Rendered) => metadata.labels['velero.io/csi-volumesnapshot-class']);
    expect(ours.map(({ deletionPolicy }: Rendered) => deletionPolicy)).toEqual(['Retain']);
    expect(objects.one('Schedule').spec.template.snapshotVolumes).toBe(true);
    expect(values('velero').configuration.features).toBe('EnableCSI');
    expect(() => render({}, {}, false)).toThrow(/"velero-backups" needs .*snapshot/);
  });
});

describe('backups with all choices', () => {
  const choices: Required<VeleroChoices> = {
    schedule: '30 3 * * 0',
    snapshotVolumes: false,
    excludedNamespaces: ['scratch', 'kube-system'],
    includeSecrets: true,
  };

  test('are made when, and of what, they say', () => {
    const { objects, values } = render(choices, {}, false);
    const { schedule, template } = objects.one('Schedule').spec;
    expect(schedule).toBe('30 3 * * 0');
    expect(template.excludedNamespaces).toEqual(['kube-node-lease', 'kube-public', 'kube-system', 'scratch']);
    expect(template.excludedResources).not.toContain('secrets');
    expect(template.snapshotVolumes).toBe(false);
    expect(values('velero').configuration.features).toBe('');
  });

  test('are refused with a schedule that is none', () => {
    expect(() => render({ schedule: 'daily' })).toThrow(/the schedule of backups is "daily"; expected a cron expression/);
  });
});

describe('Velero', () => {
  test('has a role instead of keys, and no agent with the nodes’ directories', () => {
    expect(render().values('velero')).toMatchObject({
      credentials: { useSecret: false },
      deployNodeAgent: false,
      serviceAccount: {
        server: { name: 'velero', annotations: { 'eks.amazonaws.com/role-arn': expect.stringMatching(/shop-dev-velero$/) } },
      },
    });
  });

  test('is there before the places of its backups, and after its definitions', () => {
    const { wave } = render();
    expect(wave('velero-crds')).toBe(0);
    expect(wave('velero-backups')).toBeGreaterThan(wave('velero'));
  });
});
