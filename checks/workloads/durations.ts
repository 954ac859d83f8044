import { groupOf } from '../../synth/object';
import { shown } from '../at';
import type { Check } from '../check';
import { DURATION_FIELDS, isDuration } from './duration-fields';
import { valuesAt } from './paths';

/** Durations in custom resources are ones that their controllers read. */
export const durations: Check = {
  id: 'durations',
  title: 'Durations are numbers with units that the controller knows.',
  severity: 'error',
  why: 'The API server or the controller refuses the object, and what it stands for never happens.',
  mend: 'Write durations as 30s, 5m or 1h30m.',
  *run(objects) {
    for (const subject of objects) {
      for (const { path, format } of DURATION_FIELDS[`${groupOf(subject.object)}/${subject.object.kind}`] ?? []) {
        for (const { field, value } of valuesAt(subject.object, path)) {
          if (!isDuration(value, format))
            yield { subject, field, message: `${shown(value)} is no duration, expected one as ${EXAMPLES[format]}` };
        }
      }
    }
  },
};

const EXAMPLES = { go: '1h30m or 30s', gateway: '500ms or 30s', prometheus: '15s, 5m or 30d' } as const;
