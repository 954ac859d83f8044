import type { Check } from '../check';

/** Objects need `metadata.name` (or `generateName`, which only `kubectl create` and hooks may use). */
export const unnamedObject: Check = {
  id: 'unnamed-object',
  title: 'Every object has a name.',
  severity: 'error',
  why: 'The API server refuses an object without a name, and nothing can refer to it.',
  mend: 'Set metadata.name.',
  *run(objects) {
    for (const subject of objects) {
      const { name, generateName } = subject.object.metadata;
      if (typeof generateName === 'string' && generateName !== '') continue;
      if (typeof name !== 'string' || name === '') {
        yield { subject, field: 'metadata.name', message: `a ${subject.object.kind} has no metadata.name` };
      }
    }
  },
};
