import { parseQuantity } from '../../checks/quantity';
import type { Cluster } from '../cluster';
import { STORAGE_CLASSES } from '../storage-classes';
import type { Labels } from '../workload/labels';
import { placement } from '../workload/placement';
import type { Resources } from '../workload/props';

/** Pod under Pod Security `restricted`, as an operator's custom resource says it. */
const SECURITY = {
  fsGroup: 10001,
  fsGroupChangePolicy: 'OnRootMismatch',
  runAsGroup: 10001,
  runAsNonRoot: true,
  runAsUser: 10001,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/**
 * What custom resources of prometheus-operator say alike of their pods: where they run, as whom, with what.
 * @param selector - labels that the operator gives them
 * @throws when the cluster has no such node group, or none at all
 */
export function operatedPods(cluster: Cluster, selector: Labels, resources: Resources, nodeGroup?: string) {
  const where = `overlays/${cluster.name}/cluster.ts`;
  const group = nodeGroup ?? cluster.nodeGroups[0]?.name;
  if (group === undefined) throw new Error(`${where}: there are no node groups. State at least one.`);
  const { affinity, tolerations } = placement(cluster, group, where);
  const spread = (topologyKey: string) => ({
    maxSkew: 1,
    nodeTaintsPolicy: 'Honor',
    topologyKey,
    // Volumes bind pods to zones: a pod that fits nowhere else had better run beside its like.
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
  });
  return {
    affinity: affinity as { readonly nodeAffinity: object },
    ...(tolerations === undefined ? {} : { tolerations: tolerations.map((toleration) => ({ ...toleration })) }),
    topologySpreadConstraints: [spread('topology.kubernetes.io/zone'), spread('kubernetes.io/hostname')],
    securityContext: SECURITY,
    resources: { requests: { ...resources.requests }, limits: { ...resources.limits } },
    priorityClassName: 'system-cluster-critical',
    enableServiceLinks: false,
  };
}

/** A claim of each pod on `ebs-gp3`. */
export const operatedStorage = (size: string) => ({
  volumeClaimTemplate: {
    spec: { storageClassName: STORAGE_CLASSES.gp3, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } },
  },
});

/**
 * A part of a quantity in whole MiB, as Prometheus writes sizes.
 * @throws when the quantity cannot be read
 */
export function partOf(quantity: string, share: number, where: string): string {
  const bytes = parseQuantity(quantity);
  if (bytes === undefined) throw new Error(`${where}: '${quantity}' is no quantity; expected one as '50Gi'.`);
  return `${Math.floor((bytes * share) / 2 ** 20)}MiB`;
}
