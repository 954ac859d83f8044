import { role } from '../aws/refs';
import { catalogue, imageOf, releaseFor } from '../catalogue';
import type { Cluster } from '../cluster';
import { type ChartPlacement, type ChartResources, chartPlacement, RESTRICTED_CONTAINER, restrictedPod } from '../platform/pinned';
import type { VeleroChoices } from './choices';
import { VELERO_ACCOUNT, VELERO_NAMESPACE } from './names';

/** The plugin that writes to S3: an init container that copies itself. */
type Plugin = {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: 'IfNotPresent';
  readonly resources: ChartResources;
  readonly securityContext: typeof RESTRICTED_CONTAINER;
  readonly volumeMounts: readonly { readonly name: 'plugins'; readonly mountPath: '/target' }[];
};

/** Values of the chart `velero` that we set. */
export type VeleroValues = {
  readonly image: { readonly repository: string; readonly tag: string };
  readonly initContainers: readonly Plugin[];
  readonly upgradeCRDs: boolean;
  readonly cleanUpCRDs: boolean;
  readonly backupsEnabled: boolean;
  readonly snapshotsEnabled: boolean;
  readonly deployNodeAgent: boolean;
  readonly credentials: { readonly useSecret: boolean };
  readonly serviceAccount: { readonly server: { readonly name: string; readonly annotations: Readonly<Record<string, string>> } };
  readonly podSecurityContext: ReturnType<typeof restrictedPod>;
  readonly containerSecurityContext: typeof RESTRICTED_CONTAINER;
  readonly resources: ChartResources;
  readonly priorityClassName: string;
  readonly affinity: { readonly nodeAffinity: ChartPlacement['nodeAffinity'] };
  readonly tolerations: ChartPlacement['tolerations'];
  readonly metrics: { readonly enabled: boolean; readonly serviceMonitor: { readonly enabled: boolean } };
  readonly configuration: {
    readonly defaultBackupTTL: string;
    readonly features: '' | 'EnableCSI';
    readonly logFormat: 'json';
  };
};

/** Time that a backup is kept, in the form in which the API server gives it back: `168h0m0s`. */
export const timeToLive = ({ environment }: Pick<Cluster, 'environment'>): string => `${environment.retentionDays.backups * 24}h0m0s`;

/** The chart's values for a cluster. @throws when the contract has no role for Velero, or the cluster has no node groups */
export function veleroValues(cluster: Cluster, { snapshotVolumes = true }: VeleroChoices): VeleroValues {
  const release = releaseFor(catalogue.velero, cluster);
  const [repository = '', tag = ''] = imageOf(catalogue.velero, release, 'server').split(':');
  const { nodeAffinity, tolerations } = chartPlacement(cluster);
  return {
    image: { repository, tag },
    initContainers: [
      {
        name: 'velero-plugin-for-aws',
        image: imageOf(catalogue.velero, release, 'awsPlugin'),
        imagePullPolicy: 'IfNotPresent',
        resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
      },
    ],
    // An Application of their own brings them; the chart's hooks for them would run kubectl as cluster-admin.
    upgradeCRDs: false,
    cleanUpCRDs: false,
    // The places of backups are rendered here, as typed objects.
    backupsEnabled: false,
    snapshotsEnabled: false,
    // It mounts the nodes' pod directories as root. Volumes are backed up as snapshots, which need none of that.
    deployNodeAgent: false,
    // IRSA: there is no key.
    credentials: { useSecret: false },
    serviceAccount: {
      server: {
        name: VELERO_ACCOUNT,
        annotations: { 'eks.amazonaws.com/role-arn': role(cluster.aws, VELERO_NAMESPACE, VELERO_ACCOUNT) },
      },
    },
    podSecurityContext: restrictedPod(65532),
    containerSecurityContext: RESTRICTED_CONTAINER,
    // It holds lists of the cluster's objects while it writes them.
    resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '1Gi' } },
    priorityClassName: 'system-cluster-critical',
    affinity: { nodeAffinity },
    tolerations,
    metrics: { enabled: true, serviceMonitor: { enabled: true } },
    configuration: { defaultBackupTTL: timeToLive(cluster), features: snapshotVolumes ? 'EnableCSI' : '', logFormat: 'json' },
  };
}
