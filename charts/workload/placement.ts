import type { k8s } from 'cdk8s-plus-28';
import type { Cluster } from '../cluster';
import { nodeGroup } from '../node-group';
import type { Labels } from './labels';

/** The part of a pod that ties it to a node group: all labels of the group are required, all its taints tolerated. */
export function placement(cluster: Cluster, group: string, where: string): Pick<k8s.PodSpec, 'affinity' | 'tolerations'> {
  const { labels, taints } = nodeGroup(cluster.nodeGroups, group, where);
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: Object.entries(labels)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, value]) => ({ key, operator: 'In', values: [value] })),
            },
          ],
        },
      },
    },
    tolerations:
      taints.length === 0
        ? undefined
        : taints.map(({ key, value, effect }) =>
            value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect },
          ),
  };
}

/**
 * Spreads a workload's pods over zones and hosts.
 * Only pods of one revision count (`matchLabelKeys`), or a rollout would be spread against the pods that it replaces.
 */
export function spread(
  selector: Labels,
  zones: 'DoNotSchedule' | 'ScheduleAnyway',
  controller: 'Deployment' | 'StatefulSet',
): k8s.TopologySpreadConstraint[] {
  const common = {
    maxSkew: 1,
    // A cordoned node is no place to be missing from.
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels: selector },
    ...(controller === 'Deployment' ? { matchLabelKeys: ['pod-template-hash'] } : {}),
  };
  return [
    { ...common, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: zones },
    { ...common, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  ];
}
