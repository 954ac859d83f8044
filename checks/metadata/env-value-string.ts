import { listAt, mapAt } from '../at';
import type { Check } from '../check';
import { containersOf, podTemplates } from '../pods';

/** Values of environment variables are strings, and are given in one way. */
export const envValueString: Check = {
  id: 'env-value-string',
  title: 'Every environment variable has a string as value, or one valueFrom, not both.',
  severity: 'error',
  why: 'The API server refuses the pods.',
  mend: 'Quote numbers and booleans ("8080", "true"); keep either value or valueFrom.',
  *run(objects) {
    for (const template of podTemplates(objects)) {
      const { subject } = template;
      for (const { container, field } of containersOf(template)) {
        for (const [i, variable] of listAt(container, 'env').entries()) {
          const { name, value, valueFrom } = mapAt(variable);
          const at = `${field}.env[${i}]`;
          // The value itself is not shown: it may be a credential.
          if (value !== undefined && value !== null && typeof value !== 'string') {
            yield { subject, field: `${at}.value`, message: `the value of ${name} is a ${typeof value}; expected a string` };
          }
          if (value !== undefined && value !== null && value !== '' && valueFrom !== undefined) {
            yield { subject, field: at, message: `${name} has both value and valueFrom` };
          }
          const sources = Object.keys(mapAt(valueFrom));
          if (valueFrom !== undefined && sources.length !== 1) {
            yield {
              subject,
              field: `${at}.valueFrom`,
              message: `valueFrom of ${name} has ${sources.length === 0 ? 'no source' : sources.join(', ')}; expected one source`,
            };
          }
        }
      }
    }
  },
};
