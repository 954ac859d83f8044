import { describe } from '../../synth/object';
import { at, shown } from '../at';
import { scalingOf } from '../autoscalers';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import type { LabelSelector } from '../selectors';

/** A disruption budget allows at least one disruption. */
export const pdbBlocksDrain: Check = {
  id: 'pdb-blocks-drain',
  title: 'A PodDisruptionBudget leaves at least one pod that may be evicted.',
  severity: 'error',
  why: 'No node with such a pod can be drained: upgrades and the cluster autoscaler wait until someone deletes the pod by hand.',
  mend: 'Use maxUnavailable: 1, or run more pods than minAvailable.',
  *run(objects) {
    const index = podIndex(objects);
    const scaling = scalingOf(objects);
    for (const subject of objects) {
      const { object } = subject;
      if (object.kind !== 'PodDisruptionBudget') continue;
      const minAvailable = at(object, 'spec', 'minAvailable');
      const maxUnavailable = at(object, 'spec', 'maxUnavailable');
      if (minAvailable !== undefined && maxUnavailable !== undefined) {
        yield {
          subject,
          field: 'spec.minAvailable',
          message: `minAvailable ${shown(minAvailable)} and maxUnavailable ${shown(maxUnavailable)} are both set, expected one`,
          why: 'The API server refuses the budget.',
          mend: 'Keep maxUnavailable and remove minAvailable.',
        };
        continue;
      }
      if (percentOf(maxUnavailable) === 0 || maxUnavailable === 0) {
        yield { subject, field: 'spec.maxUnavailable', message: `maxUnavailable is ${shown(maxUnavailable)}: no pod may ever be evicted` };
        continue;
      }
      if (minAvailable === undefined) continue;
      const percent = percentOf(minAvailable);
      if (percent !== undefined && percent >= 100) {
        yield { subject, field: 'spec.minAvailable', message: `minAvailable is ${shown(minAvailable)}: no pod may ever be evicted` };
        continue;
      }
      const workloads = index
        .select(namespaceOf(object), at(object, 'spec', 'selector') as LabelSelector | undefined)
        .filter((template) => ['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout'].includes(template.subject.object.kind));
      if (workloads.length === 0) continue;
      const pods = workloads.reduce((sum, template) => sum + scaling.replicasOf(template.subject).min, 0);
      // The disruption controller rounds a percentage up.
      const needed = percent === undefined ? Number(minAvailable) : Math.ceil((pods * percent) / 100);
      if (pods === 0 || !(needed >= pods)) continue;
      const names = workloads.map((template) => describe(template.subject.object)).join(', ');
      yield {
        subject,
        field: 'spec.minAvailable',
        message: `minAvailable ${shown(minAvailable)} asks for ${needed} of the ${pods} pods that ${names} runs at its minimum`,
      };
    }
  },
};

function percentOf(value: unknown): number | undefined {
  const match = /^(\d+)%$/.exec(String(value));
  return match === null ? undefined : Number(match[1]);
}
