import { listAt, textAt } from '../at';
import type { Check } from '../check';
import { containersOf, podTemplates } from '../pods';

/** No variable is set twice in a container. */
export const envNameUnique: Check = {
  id: 'env-name-unique',
  title: 'No environment variable is set twice in one container.',
  severity: 'error',
  why: 'Only the last one counts, and server-side apply refuses the object.',
  mend: 'Remove one of the two.',
  *run(objects) {
    for (const template of podTemplates(objects)) {
      for (const { container, field } of containersOf(template)) {
        const first = new Map<string, number>();
        for (const [i, variable] of listAt(container, 'env').entries()) {
          const name = textAt(variable, 'name');
          if (name === undefined) continue;
          const earlier = first.get(name);
          if (earlier === undefined) first.set(name, i);
          else yield { subject: template.subject, field: `${field}.env[${i}].name`, message: `${name} is already set by env[${earlier}]` };
        }
      }
    }
  },
};
