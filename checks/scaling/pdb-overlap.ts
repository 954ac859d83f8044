import { describe, type SourcedObject } from '../../synth/object';
import { at } from '../at';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import type { PodTemplate } from '../pods';
import type { LabelSelector } from '../selectors';

/** No pod has two disruption budgets. */
export const pdbOverlap: Check = {
  id: 'pdb-overlap',
  title: 'At most one PodDisruptionBudget selects a pod.',
  severity: 'error',
  why: 'The eviction API refuses to evict a pod with two budgets, so its node cannot be drained.',
  mend: 'Narrow the selector of one of the two, or remove it.',
  *run(objects) {
    const index = podIndex(objects);
    const budget = new Map<PodTemplate, SourcedObject>();
    for (const subject of objects) {
      const { object } = subject;
      if (object.kind !== 'PodDisruptionBudget') continue;
      for (const template of index.select(namespaceOf(object), at(object, 'spec', 'selector') as LabelSelector | undefined)) {
        const earlier = budget.get(template);
        if (earlier === undefined) budget.set(template, subject);
        else {
          const message = `selects pods of ${describe(template.subject.object)}, which ${describe(earlier.object)} selects too`;
          yield { subject, field: 'spec.selector', message };
        }
      }
    }
  },
};
