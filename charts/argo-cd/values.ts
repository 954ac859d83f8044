import type { Cluster } from '../cluster';
import { type ChartPlacement, type ChartResources, chartPlacement } from '../platform/pinned';
import type { Labels } from '../workload/labels';
import type { ArgoCdChoices } from './choices';
import { domainOf, SECRETS } from './names';
import { type NotificationSettings, notificationSettings } from './notifications';
import { argocdCm, argocdRbac } from './settings';

/** Values of one of the chart's programs. */
type ProgramValues = {
  readonly resources: ChartResources;
  readonly pdb: { readonly enabled: boolean; readonly maxUnavailable: number };
  readonly metrics: { readonly enabled: boolean; readonly serviceMonitor: { readonly enabled: boolean } };
};

/** Values of the chart `argo-cd` that we set; they mean the same in both releases of the catalogue. */
export type ArgoCdValues = {
  readonly fullnameOverride: string;
  readonly crds: { readonly install: boolean };
  readonly global: {
    readonly domain: string;
    readonly logging: { readonly format: 'json' };
    readonly networkPolicy: { readonly create: boolean };
    readonly priorityClassName: string;
    readonly nodeSelector: Labels;
    readonly tolerations: ChartPlacement['tolerations'];
    readonly topologySpreadConstraints: readonly {
      readonly maxSkew: number;
      readonly topologyKey: string;
      readonly whenUnsatisfiable: 'ScheduleAnyway';
    }[];
  };
  readonly configs: { readonly cm: Readonly<Record<string, string>>; readonly rbac: Readonly<Record<string, string>> };
  readonly controller: ProgramValues & { readonly replicas: number };
  readonly server: ProgramValues & { readonly replicas: number };
  readonly repoServer: ProgramValues & { readonly replicas: number; readonly automountServiceAccountToken: boolean };
  readonly redis: { readonly resources: ChartResources };
  readonly redisSecretInit: { readonly resources: ChartResources };
  readonly dex: { readonly enabled: boolean };
  readonly applicationSet: { readonly replicas: number; readonly resources: ChartResources };
  readonly notifications:
    | { readonly enabled: false }
    | (ProgramValues &
        NotificationSettings & {
          readonly enabled: true;
          readonly secret: { readonly create: boolean; readonly name: string };
        });
};

const resources = (cpu: string, memory: string, most: string): ChartResources => ({
  requests: { cpu, memory },
  limits: { memory: most },
});

const program = (wanted: ChartResources): ProgramValues => ({
  resources: wanted,
  pdb: { enabled: true, maxUnavailable: 1 },
  metrics: { enabled: true, serviceMonitor: { enabled: true } },
});

/** The chart's values for a cluster. @throws when the cluster has no node groups */
export function argoCdValues(cluster: Cluster, choices: ArgoCdChoices): ArgoCdValues {
  const replicas = cluster.environment.highAvailability ? 2 : 1;
  const { notifications, host } = choices;
  return {
    // Names as upstream's manifests and documents have them.
    fullnameOverride: 'argocd',
    // An Application of their own brings them.
    crds: { install: false },
    global: {
      domain: domainOf(choices),
      logging: { format: 'json' },
      // Policies come from the edge graph; two sets would add up to the wider one.
      networkPolicy: { create: false },
      priorityClassName: 'system-cluster-critical',
      nodeSelector: { ...cluster.nodeGroups[0]?.labels },
      tolerations: chartPlacement(cluster).tolerations,
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
      })),
    },
    configs: { cm: argocdCm(cluster, choices), rbac: argocdRbac(cluster) },
    // Its replicas share clusters among them, and there is one.
    controller: { ...program(resources('250m', '512Mi', '2Gi')), replicas: 1 },
    server: { ...program(resources('50m', '128Mi', '512Mi')), replicas },
    // It runs helm and kustomize on what it fetched: no token of the API server lies in reach.
    repoServer: { ...program(resources('100m', '256Mi', '1Gi')), replicas, automountServiceAccountToken: false },
    // A cache: when it is gone, it is filled again.
    redis: { resources: resources('25m', '64Mi', '256Mi') },
    redisSecretInit: { resources: resources('10m', '32Mi', '128Mi') },
    // Logins go to the identity provider itself.
    dex: { enabled: false },
    // Applications are rendered; nothing generates them in the cluster.
    applicationSet: { replicas: 0, resources: resources('10m', '64Mi', '256Mi') },
    notifications:
      notifications === undefined
        ? { enabled: false }
        : {
            enabled: true,
            ...program(resources('20m', '64Mi', '256Mi')),
            secret: { create: false, name: SECRETS.notifications },
            ...notificationSettings(cluster, notifications, host),
          },
  };
}
