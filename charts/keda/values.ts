import { role } from '../aws/refs';
import type { Cluster } from '../cluster';
import { type ChartPlacement, type ChartResources, type ChartSpread, chartPlacement, chartSpread, restrictedPod } from '../platform/pinned';
import type { KedaChoices } from './choices';
import { KEDA_NAMESPACE, PROGRAMS } from './names';

type PodSecurity = ReturnType<typeof restrictedPod>;
type OneAtATime = { readonly maxUnavailable: number };
type Scraped = { readonly enabled: boolean };

/** Values of the chart `keda` that we set; they mean the same in both releases of the catalogue. */
export type KedaValues = {
  readonly crds: { readonly install: boolean };
  readonly clusterName: string;
  readonly image: { readonly pullPolicy: 'IfNotPresent' };
  readonly operator: { readonly replicaCount: number };
  readonly metricsServer: { readonly replicaCount: number };
  readonly webhooks: { readonly replicaCount: number };
  readonly podDisruptionBudget: { readonly operator: OneAtATime; readonly metricServer: OneAtATime; readonly webhooks: OneAtATime };
  readonly priorityClassName: string;
  readonly affinity: { readonly nodeAffinity: ChartPlacement['nodeAffinity'] };
  readonly tolerations: ChartPlacement['tolerations'];
  readonly topologySpreadConstraints: Readonly<Record<'operator' | 'metricsServer' | 'webhooks', readonly ChartSpread[]>>;
  readonly resources: Readonly<Record<'operator' | 'metricServer' | 'webhooks', ChartResources>>;
  readonly podSecurityContext: Readonly<Record<'operator' | 'metricServer' | 'webhooks', PodSecurity>>;
  readonly logging: { readonly operator: { readonly format: 'json' }; readonly webhooks: { readonly format: 'json' } };
  readonly rbac: { readonly scaledRefKinds: readonly { readonly apiGroup: string; readonly kind: string }[] };
  readonly permissions: {
    readonly operator: { readonly restrict: { readonly secret: boolean } };
    readonly metricServer: { readonly restrict: { readonly secret: boolean } };
  };
  readonly podIdentity: { readonly aws: { readonly irsa: { readonly enabled: boolean; readonly roleArn: string } } };
  readonly prometheus: {
    readonly operator: Scraped & { readonly podMonitor: Scraped };
    readonly metricServer: Scraped & { readonly podMonitor: Scraped };
    readonly webhooks: Scraped & { readonly serviceMonitor: Scraped };
  };
};

/** The chart's values for a cluster. @throws when AWS is chosen and the contract has no role, or the cluster has no node groups */
export function kedaValues(cluster: Cluster, { aws = false }: KedaChoices): KedaValues {
  const replicas = cluster.environment.highAvailability ? 2 : 1;
  const { nodeAffinity, tolerations } = chartPlacement(cluster);
  const small: ChartResources = { requests: { cpu: '25m', memory: '64Mi' }, limits: { memory: '256Mi' } };
  return {
    // An Application of their own brings them.
    crds: { install: false },
    clusterName: cluster.aws.data.cluster.name,
    image: { pullPolicy: 'IfNotPresent' },
    operator: { replicaCount: replicas },
    metricsServer: { replicaCount: replicas },
    webhooks: { replicaCount: replicas },
    podDisruptionBudget: { operator: { maxUnavailable: 1 }, metricServer: { maxUnavailable: 1 }, webhooks: { maxUnavailable: 1 } },
    priorityClassName: 'system-cluster-critical',
    affinity: { nodeAffinity },
    tolerations,
    topologySpreadConstraints: {
      operator: chartSpread({ app: PROGRAMS.operator }),
      metricsServer: chartSpread({ app: PROGRAMS.metrics }),
      webhooks: chartSpread({ app: PROGRAMS.webhooks }),
    },
    resources: {
      operator: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      metricServer: small,
      webhooks: small,
    },
    podSecurityContext: { operator: restrictedPod(1000), metricServer: restrictedPod(1000), webhooks: restrictedPod(1000) },
    logging: { operator: { format: 'json' }, webhooks: { format: 'json' } },
    // Deployments and StatefulSets it may scale anyway. The chart's default is every kind, and with that reading every Secret.
    rbac: { scaledRefKinds: [{ apiGroup: 'argoproj.io', kind: 'rollouts' }] },
    permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
    podIdentity: { aws: { irsa: { enabled: aws, roleArn: aws ? role(cluster.aws, KEDA_NAMESPACE, PROGRAMS.operator) : '' } } },
    prometheus: {
      operator: { enabled: true, podMonitor: { enabled: true } },
      metricServer: { enabled: true, podMonitor: { enabled: true } },
      webhooks: { enabled: true, serviceMonitor: { enabled: true } },
    },
  };
}
