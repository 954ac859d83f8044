import { mapAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';

/** Values of ConfigMaps and Secrets are strings. */
export const configValueString: Check = {
  id: 'config-value-string',
  title: 'Every value of a ConfigMap or Secret is a string.',
  severity: 'error',
  why: 'The API server refuses the object.',
  mend: 'Quote numbers and booleans ("8080", "true"); write structured values as one block of text.',
  *run(objects) {
    const all = lookup(objects);
    for (const subject of [...all.all('', 'ConfigMap'), ...all.all('', 'Secret')]) {
      for (const field of ['data', 'binaryData', 'stringData']) {
        for (const [key, value] of Object.entries(mapAt(subject.object, field))) {
          if (typeof value === 'string') continue;
          // Only the type: the value of a Secret must not be shown.
          const type =
            value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`;
          yield { subject, field: `${field}['${key}']`, message: `the value of ${key} is ${type}; expected a string` };
        }
      }
    }
  },
};
