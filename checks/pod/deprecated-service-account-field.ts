import { textAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { specField } from '../security/standard/control';

export const deprecatedServiceAccountField: Check = {
  id: 'deprecated-service-account-field',
  title: 'Pods name their service account in serviceAccountName, not in the old field serviceAccount.',
  severity: 'warning',
  why: 'Of two fields for one thing, readers and tools see one; the API server prefers serviceAccountName.',
  mend: 'Move the name to serviceAccountName and remove serviceAccount.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const old = textAt(template.spec, 'serviceAccount');
      if (old === undefined) continue;
      const name = textAt(template.spec, 'serviceAccountName');
      const report = { subject: template.subject, field: `${specField(template)}.serviceAccount` };
      if (name === undefined || name === old)
        yield { ...report, message: `the old field serviceAccount names ${old}; expected serviceAccountName alone` };
      else
        yield {
          ...report,
          severity: 'error',
          message: `serviceAccount is ${old}, but serviceAccountName is ${name}; expected serviceAccountName alone`,
        };
    }
  },
};
