import { at, shown } from '../at';
import type { Check } from '../check';

/** A disruption budget says what happens to pods that are not ready. */
export const pdbEvictionPolicy: Check = {
  id: 'pdb-eviction-policy',
  title: 'A PodDisruptionBudget states unhealthyPodEvictionPolicy.',
  severity: 'warning',
  why: 'By default a pod that crashes again and again counts as disrupted but may not be evicted, so it holds up the drain of its node.',
  mend: 'Set unhealthyPodEvictionPolicy: AlwaysAllow (or IfHealthyBudget where a pod that is not ready still matters).',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      if (object.kind !== 'PodDisruptionBudget') continue;
      const field = 'spec.unhealthyPodEvictionPolicy';
      const policy = at(object, 'spec', 'unhealthyPodEvictionPolicy');
      const expected = 'expected AlwaysAllow or IfHealthyBudget';
      if (policy === undefined) yield { subject, field, message: `unhealthyPodEvictionPolicy is missing, ${expected}` };
      else if (policy !== 'AlwaysAllow' && policy !== 'IfHealthyBudget') {
        const why = 'The API server refuses the budget.';
        yield { subject, field, severity: 'error', message: `unhealthyPodEvictionPolicy is ${shown(policy)}, ${expected}`, why };
      }
    }
  },
};
