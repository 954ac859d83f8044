import type { Check } from '../check';
import type { NodeGroup } from '../facts';
import type { Demand } from './demand';
import { RESOURCES } from './limit-range';
import { offerOf, type Placed, placementModel, type Room } from './model';
import { amount, resources } from './units';

/** There is a node for every pod. */
export const podFitsNode: Check = {
  id: 'pod-fits-node',
  title: 'Every pod fits a node of at least one node group.',
  severity: 'error',
  needs: ['nodeGroups'],
  why: 'The pod stays Pending forever: the cluster autoscaler adds no node that would not take it either.',
  mend: 'Place the workload on a group whose labels and taints it matches, or lower its requests to what a node offers.',
  *run(objects, facts) {
    const model = placementModel(objects, facts);
    for (const placed of model.workloads) {
      if (placed.fits.length > 0) continue;
      const { subject, field } = placed.template;
      yield { subject, field: field === '' ? 'spec' : `${field}.spec`, message: refusals(placed, model.roomOf) };
    }
    for (const placed of model.daemons) {
      const { subject, field } = placed.template;
      const path = `${field}.spec`;
      const admitted = placed.admissions.filter(({ refusal }) => refusal === undefined).map(({ group }) => group);
      if (admitted.length === 0) {
        const why = 'The DaemonSet runs no pod; that may be meant, until a group for it comes.';
        yield { subject, field: path, severity: 'warning', message: refusals(placed, model.roomOf), why };
      }
      for (const group of admitted) {
        const short = shortage(placed.demand, offerOf(group), 'a node offers');
        if (short !== undefined)
          yield { subject, field: path, message: `needs ${resources(placed.demand)} on each node of ${group.name}: ${short}` };
      }
    }
  },
};

/** Why each group does not take the pod. */
function refusals({ demand, admissions }: Placed, roomOf: (group: NodeGroup) => Room): string {
  const reasons = admissions.map(({ group, refusal }) => {
    const why = refusal?.message ?? shortage(demand, roomOf(group), 'a node offers besides DaemonSets') ?? 'it fits';
    return `${group.name}: ${why}`;
  });
  return `needs ${resources(demand)} and fits no node group: ${reasons.join('; ') || 'the cluster has none'}`;
}

function shortage(demand: Demand, room: Room, offers: string): string | undefined {
  const short = [
    ...RESOURCES.filter((resource) => demand[resource] > Math.max(0, room[resource]) * (1 + 1e-9)).map(
      (resource) => `${resource} ${amount(resource, demand[resource])}, ${offers} ${amount(resource, room[resource])}`,
    ),
    ...(room.pods < 1 ? ['no pod is left of its limit'] : []),
  ];
  return short.length === 0 ? undefined : short.join(' and ');
}
