import { at, shown } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { specField } from '../security/standard/control';
import { isJob, isLongRunning } from './kinds';

/** What Jobs may say is part of the check of Jobs. */
export const restartPolicy: Check = {
  id: 'restart-policy',
  title: 'Containers of a long-running workload are always restarted.',
  severity: 'error',
  why: 'The API server refuses every other policy, and a word that is none on any pod.',
  mend: 'Remove restartPolicy; what is meant to end is a Job.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      if (isJob(template)) continue;
      const policy = at(template.spec, 'restartPolicy');
      const allowed = isLongRunning(template) ? ['Always'] : ['Always', 'OnFailure', 'Never'];
      if (policy === undefined || allowed.includes(String(policy))) continue;
      const message = `restartPolicy of a ${template.subject.object.kind} is ${shown(policy)}; expected ${allowed.join(', ')} or unset`;
      yield { subject: template.subject, field: `${specField(template)}.restartPolicy`, message };
    }
  },
};
