import { shown } from '../at';
import type { Check, Report } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { CONTAINER_INTEGER_FIELDS, INT32, INTEGER_FIELDS, type IntegerField, POD_INTEGER_FIELDS } from './integer-fields';
import { valuesAt } from './paths';

/** Integers are integers, and in range. */
export const integers: Check = {
  id: 'integers',
  title: 'Integer fields hold integers that the API server accepts.',
  severity: 'error',
  why: 'The API server refuses the object.',
  mend: 'Set an integer in that range.',
  *run(objects) {
    for (const subject of objects) {
      for (const problem of problems(subject.object, '', INTEGER_FIELDS[subject.object.kind] ?? [])) yield { subject, ...problem };
    }
    for (const template of podIndex(objects).templates) {
      const { subject, spec } = template;
      const pod = template.field === '' ? 'spec.' : `${template.field}.spec.`;
      for (const problem of problems(spec, pod, POD_INTEGER_FIELDS)) yield { subject, ...problem };
      for (const { container, field } of containersOf(template)) {
        for (const problem of problems(container, `${field}.`, CONTAINER_INTEGER_FIELDS)) yield { subject, ...problem };
      }
    }
  },
};

function* problems(root: unknown, prefix: string, fields: readonly IntegerField[]): Iterable<Omit<Report, 'subject'>> {
  for (const { path, min, max = INT32 } of fields) {
    for (const { field, value } of valuesAt(root, path)) {
      if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) continue;
      yield {
        field: `${prefix}${field}`,
        message: `the value is ${shown(value)}, expected ${min === max ? min : `an integer from ${min} to ${max}`}`,
      };
    }
  }
}
