import type { Cluster } from '../cluster';
import { type ChartPlacement, type ChartResources, type ChartSpread, chartPlacement, chartSpread, restrictedPod } from '../platform/pinned';

/** Traffic routers that the controller may write objects of. */
type Provider =
  | 'istio'
  | 'smi'
  | 'ambassador'
  | 'awsLoadBalancerController'
  | 'awsAppMesh'
  | 'traefik'
  | 'apisix'
  | 'contour'
  | 'glooPlatform'
  | 'gatewayAPI';

/** Values of the chart `argo-rollouts` that we set. */
export type ArgoRolloutsValues = {
  readonly installCRDs: boolean;
  readonly podSecurityContext: ReturnType<typeof restrictedPod>;
  readonly providerRBAC: { readonly enabled: boolean; readonly providers: Readonly<Record<Provider, boolean>> };
  readonly dashboard: { readonly enabled: boolean };
  readonly controller: {
    readonly replicas: number;
    readonly logging: { readonly format: 'json' | 'text' };
    readonly metrics: { readonly enabled: boolean; readonly serviceMonitor: { readonly enabled: boolean } };
    readonly pdb: { readonly enabled: boolean; readonly maxUnavailable: number };
    readonly priorityClassName: string;
    readonly resources: ChartResources;
    readonly affinity: { readonly nodeAffinity: ChartPlacement['nodeAffinity'] };
    readonly tolerations: ChartPlacement['tolerations'];
    readonly topologySpreadConstraints: readonly ChartSpread[];
  };
};

/** Labels by which the chart selects the controller's pods. */
export const CONTROLLER_SELECTOR = {
  'app.kubernetes.io/component': 'rollouts-controller',
  'app.kubernetes.io/instance': 'argo-rollouts',
  'app.kubernetes.io/name': 'argo-rollouts',
} as const;

const NO_PROVIDERS: Readonly<Record<Provider, boolean>> = {
  istio: false,
  smi: false,
  ambassador: false,
  awsLoadBalancerController: false,
  awsAppMesh: false,
  traefik: false,
  apisix: false,
  contour: false,
  glooPlatform: false,
  gatewayAPI: false,
};

/** The chart's values for a cluster. @throws when the cluster has no node groups */
export function argoRolloutsValues(cluster: Cluster): ArgoRolloutsValues {
  const { nodeAffinity, tolerations } = chartPlacement(cluster);
  return {
    // An Application of their own brings them.
    installCRDs: false,
    podSecurityContext: restrictedPod(999),
    // Traffic is split by Ingresses, which the controller may write anyway: the routers that nobody uses here get no rights.
    providerRBAC: { enabled: true, providers: { ...NO_PROVIDERS, awsLoadBalancerController: cluster.ingress?.kind === 'alb' } },
    // It has no login of its own; `kubectl argo rollouts` shows the same with the rights of who asks.
    dashboard: { enabled: false },
    controller: {
      replicas: cluster.environment.highAvailability ? 2 : 1,
      logging: { format: 'json' },
      metrics: { enabled: true, serviceMonitor: { enabled: true } },
      pdb: { enabled: true, maxUnavailable: 1 },
      priorityClassName: 'system-cluster-critical',
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      affinity: { nodeAffinity },
      tolerations,
      topologySpreadConstraints: chartSpread(CONTROLLER_SELECTOR),
    },
  };
}
