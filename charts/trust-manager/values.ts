import { catalogue, imageOf, releaseFor } from '../catalogue';
import { CERT_MANAGER_NAMESPACE } from '../cert-manager/names';
import type { Cluster } from '../cluster';
import { type ChartPlacement, chartPlacement } from '../platform/pinned';

/** Values of the chart `trust-manager` that we set. */
export type TrustManagerValues = {
  readonly crds: { readonly enabled: boolean };
  readonly replicaCount: number;
  readonly image: { readonly tag: string };
  readonly defaultPackage: { readonly enabled: boolean };
  readonly secretTargets: { readonly enabled: boolean };
  readonly app: {
    readonly logFormat: 'json' | 'text';
    readonly trust: { readonly namespace: string };
    readonly metrics: { readonly service: { readonly enabled: boolean; readonly servicemonitor: { readonly enabled: boolean } } };
  };
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly memory: string };
  };
  readonly priorityClassName: string;
  readonly affinity: { readonly nodeAffinity: ChartPlacement['nodeAffinity'] };
  readonly tolerations: ChartPlacement['tolerations'];
  readonly topologySpreadConstraints: readonly {
    readonly maxSkew: number;
    readonly topologyKey: string;
    readonly whenUnsatisfiable: 'ScheduleAnyway';
    readonly labelSelector: { readonly matchLabels: { readonly app: string } };
  }[];
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly maxUnavailable: number };
};

/** The chart's values for a cluster. */
export function trustManagerValues(cluster: Cluster): TrustManagerValues {
  const component = catalogue['trust-manager'];
  const [, tag = ''] = imageOf(component, releaseFor(component, cluster), 'controller').split(':');
  const { nodeAffinity, tolerations } = chartPlacement(cluster);
  return {
    // An Application of their own brings them.
    crds: { enabled: false },
    replicaCount: cluster.environment.highAvailability ? 2 : 1,
    image: { tag },
    // No bundle has the CAs of the world's browsers in it: that package, an image more, is left out.
    defaultPackage: { enabled: false },
    // Bundles go into ConfigMaps. Secrets could be written only by whoever may write all of them.
    secretTargets: { enabled: false },
    app: {
      logFormat: 'json',
      trust: { namespace: CERT_MANAGER_NAMESPACE },
      metrics: { service: { enabled: true, servicemonitor: { enabled: true } } },
    },
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    priorityClassName: 'system-cluster-critical',
    affinity: { nodeAffinity },
    tolerations,
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'trust-manager' } },
    })),
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
  };
}
