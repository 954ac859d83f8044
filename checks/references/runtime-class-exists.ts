import { textAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';
import { podTemplates } from '../pods';

/** RuntimeClasses that pods name are there. */
export const runtimeClassExists: Check = {
  id: 'runtime-class-exists',
  title: 'Every RuntimeClass that a pod names exists.',
  severity: 'error',
  why: 'The API server refuses the pods, or the kubelet cannot start them.',
  mend: 'Correct the name, render the RuntimeClass, or list it among the facts as existing.',
  needs: ['existing'],
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const { subject, spec, field } of podTemplates(objects)) {
      const name = textAt(spec, 'runtimeClassName');
      if (name === undefined || all.exists('node.k8s.io', 'RuntimeClass', name)) continue;
      yield {
        subject,
        field: `${field === '' ? '' : `${field}.`}spec.runtimeClassName`,
        message: `names RuntimeClass ${name}, which does not exist`,
      };
    }
  },
};
