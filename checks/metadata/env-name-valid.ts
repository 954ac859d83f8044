import { listAt, mapAt, textAt } from '../at';
import type { Check } from '../check';
import { containersOf, podTemplates } from '../pods';

/** What every supported Kubernetes takes; from 1.30 on it would take more, but shells would not. */
const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Names of environment variables, and prefixes of those taken from a ConfigMap or Secret. */
export const envNameValid: Check = {
  id: 'env-name-valid',
  title: 'Environment variables have names of letters, digits, _, - and . that do not start with a digit.',
  severity: 'error',
  why: 'The API server refuses the pods, or the program cannot read the variable.',
  mend: 'Respell the name, as DATABASE_URL.',
  *run(objects) {
    for (const template of podTemplates(objects)) {
      for (const { container, field } of containersOf(template)) {
        for (const [i, variable] of listAt(container, 'env').entries()) {
          const { name } = mapAt(variable);
          if (typeof name === 'string' && NAME.test(name) && !name.startsWith('..') && name !== '.') continue;
          const message = `the variable name ${name === undefined ? 'is missing' : `${JSON.stringify(name)} is not valid`}`;
          yield { subject: template.subject, field: `${field}.env[${i}].name`, message };
        }
        for (const [i, from] of listAt(container, 'envFrom').entries()) {
          const prefix = textAt(from, 'prefix');
          if (prefix === undefined || NAME.test(prefix)) continue;
          yield { subject: template.subject, field: `${field}.envFrom[${i}].prefix`, message: `the prefix "${prefix}" is not valid` };
        }
      }
    }
  },
};
