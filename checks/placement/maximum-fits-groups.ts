import { describe } from '../../synth/object';
import type { Check } from '../check';
import { placementModel, timesDemand } from './model';
import { resources } from './units';

/** A workload can reach its own maximum, were it alone. */
export const maximumFitsGroups: Check = {
  id: 'maximum-fits-groups',
  title: 'The node groups that a workload may use hold its maximum of pods.',
  severity: 'error',
  needs: ['nodeGroups'],
  why: 'Under the load that the maximum is for, pods stay Pending although the autoscaler asks for them.',
  mend: 'Lower the maximum, lower the requests, or raise the maximum size of a node group.',
  *run(objects, facts) {
    const model = placementModel(objects, facts);
    for (const { template, demand, replicas, fits } of model.workloads) {
      if (fits.length === 0) continue;
      const held = fits.map((group) => ({ group, perNode: model.podsPerNode(demand, group) }));
      const total = held.reduce((sum, { group, perNode }) => sum + perNode * group.size.max, 0);
      if (replicas.max <= total) continue;
      const how = held.map(({ group, perNode }) => `${group.name} ${group.size.max} nodes x ${perNode} pods`).join(', ');
      const wanted = `${describe(template.subject.object)} may have ${replicas.max} pods of ${resources(demand)}`;
      const needs = resources(timesDemand(demand, replicas.max));
      const autoscaler = replicas.autoscaler;
      const keda = autoscaler?.subject.object.kind === 'ScaledObject';
      yield {
        subject: autoscaler?.subject ?? template.subject,
        field: autoscaler === undefined ? 'spec' : keda ? 'spec.maxReplicaCount' : 'spec.maxReplicas',
        message: `${wanted} (together ${needs}), but its groups hold ${total}: ${how}`,
      };
    }
  },
};
