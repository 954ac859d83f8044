import { role } from '../aws/refs';
import type { Cluster } from '../cluster';
import { type ChartPlacement, type ChartResources, type ChartSpread, chartPlacement, chartSpread } from '../platform/pinned';
import { EXTERNAL_SECRETS_NAMESPACE } from './names';

/** Values of one of the chart's programs. */
type ProgramValues = {
  readonly resources: ChartResources;
  readonly priorityClassName: string;
  readonly topologySpreadConstraints: readonly ChartSpread[];
  /** The older chart renders `minAvailable` as well unless it is zero. */
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: 0; readonly maxUnavailable: number };
};

/** Values of the chart `external-secrets` that we set; they mean the same in both releases of the catalogue. */
export type ExternalSecretsValues = ProgramValues & {
  readonly installCRDs: boolean;
  readonly replicaCount: number;
  readonly leaderElect: boolean;
  readonly processClusterExternalSecret: boolean;
  readonly processClusterPushSecret: boolean;
  readonly processPushSecret: boolean;
  readonly rbac: { readonly aggregateToEdit: false };
  readonly serviceAccount: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly serviceMonitor: { readonly enabled: boolean };
  readonly global: {
    readonly affinity: { readonly nodeAffinity: ChartPlacement['nodeAffinity'] };
    readonly tolerations: ChartPlacement['tolerations'];
  };
  readonly webhook: ProgramValues & { readonly replicaCount: number };
  readonly certController: ProgramValues;
};

const program = (name: string, resources: ChartResources): ProgramValues => ({
  resources,
  priorityClassName: 'system-cluster-critical',
  topologySpreadConstraints: chartSpread({
    'app.kubernetes.io/instance': 'external-secrets',
    'app.kubernetes.io/name': name,
  }),
  podDisruptionBudget: { enabled: true, minAvailable: 0, maxUnavailable: 1 },
});

/** The chart's values for a cluster. @throws when the contract has no role for the operator, or the cluster has no node groups */
export function externalSecretsValues(cluster: Cluster): ExternalSecretsValues {
  const replicas = cluster.environment.highAvailability ? 2 : 1;
  const { nodeAffinity, tolerations } = chartPlacement(cluster);
  return {
    // An Application of their own brings them.
    installCRDs: false,
    ...program('external-secrets', { requests: { cpu: '20m', memory: '96Mi' }, limits: { memory: '256Mi' } }),
    replicaCount: replicas,
    leaderElect: replicas > 1,
    // Nothing here is of these kinds: one that somebody applies would reach into every namespace, or write to AWS.
    processClusterExternalSecret: false,
    processClusterPushSecret: false,
    processPushSecret: false,
    // Whoever may edit a namespace could read the secrets of others through a store that it shares.
    rbac: { aggregateToEdit: false },
    // An IAM role must be assumed through exactly this service account.
    serviceAccount: {
      name: 'external-secrets',
      annotations: { 'eks.amazonaws.com/role-arn': role(cluster.aws, EXTERNAL_SECRETS_NAMESPACE, 'external-secrets') },
    },
    serviceMonitor: { enabled: true },
    global: { affinity: { nodeAffinity }, tolerations },
    // Its certificate comes from the chart's own controller: cert-manager stands in a later stage, and may need secrets itself.
    webhook: {
      ...program('external-secrets-webhook', { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } }),
      replicaCount: replicas,
    },
    // One, as it has no leader election in the older release: while it is away certificates are not renewed, months before they end.
    certController: program('external-secrets-cert-controller', { requests: { cpu: '10m', memory: '96Mi' }, limits: { memory: '256Mi' } }),
  };
}
