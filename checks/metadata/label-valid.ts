import type { SourcedObject } from '../../synth/object';
import { mapAt } from '../at';
import type { Check } from '../check';
import { podTemplates } from '../pods';
import { labelValue, qualifiedName } from './names';

/** Keys and values of labels, and of what selects them. */
export const labelValid: Check = {
  id: 'label-valid',
  title: 'Labels and selectors have keys and values within the limits: 63 characters, letters, digits, -, _ and .',
  severity: 'error',
  why: 'The API server refuses the object.',
  mend: 'Shorten or respell the label, quote a number or boolean, or use an annotation for free text.',
  *run(objects) {
    for (const [subject, field, labels] of labelMaps(objects)) {
      for (const [key, value] of Object.entries(labels)) {
        const at = `${field}['${key}']`;
        const keyProblem = qualifiedName(key);
        if (keyProblem !== undefined) yield { subject, field: at, message: `the label key "${key}" ${keyProblem}` };
        if (typeof value !== 'string') yield { subject, field: at, message: `the label value ${JSON.stringify(value)} is no string` };
        else {
          const problem = labelValue(value);
          if (problem !== undefined) yield { subject, field: at, message: `the label value "${value}" ${problem}` };
        }
      }
    }
  },
};

function* labelMaps(objects: readonly SourcedObject[]): Iterable<readonly [SourcedObject, string, Readonly<Record<string, unknown>>]> {
  for (const subject of objects) {
    const { object } = subject;
    yield [subject, 'metadata.labels', mapAt(object, 'metadata', 'labels')];
    yield [subject, 'spec.selector.matchLabels', mapAt(object, 'spec', 'selector', 'matchLabels')];
    if (object.apiVersion === 'v1' && object.kind === 'Service') yield [subject, 'spec.selector', mapAt(object, 'spec', 'selector')];
    if (object.kind === 'CronJob')
      yield [subject, 'spec.jobTemplate.metadata.labels', mapAt(object, 'spec', 'jobTemplate', 'metadata', 'labels')];
  }
  for (const { subject, field, labels, spec } of podTemplates(objects)) {
    const prefix = field === '' ? '' : `${field}.`;
    if (field !== '') yield [subject, `${prefix}metadata.labels`, labels];
    yield [subject, `${prefix}spec.nodeSelector`, mapAt(spec, 'nodeSelector')];
  }
}
