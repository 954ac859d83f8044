import { textAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';
import { podTemplates } from '../pods';

const BUILT_IN = ['system-cluster-critical', 'system-node-critical'];

/** PriorityClasses that pods name are there. */
export const priorityClassExists: Check = {
  id: 'priority-class-exists',
  title: 'Every PriorityClass that a pod names exists.',
  severity: 'error',
  why: 'The API server refuses the pods: the workload never starts.',
  mend: 'Correct the name, render the PriorityClass, or list it among the facts as existing.',
  needs: ['existing'],
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const { subject, spec, field } of podTemplates(objects)) {
      const name = textAt(spec, 'priorityClassName');
      if (name === undefined || BUILT_IN.includes(name) || all.exists('scheduling.k8s.io', 'PriorityClass', name)) continue;
      yield {
        subject,
        field: `${field === '' ? '' : `${field}.`}spec.priorityClassName`,
        message: `names PriorityClass ${name}, which does not exist`,
      };
    }
  },
};
