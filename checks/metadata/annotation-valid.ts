import type { SourcedObject } from '../../synth/object';
import { mapAt } from '../at';
import type { Check } from '../check';
import { podTemplates } from '../pods';
import { qualifiedName } from './names';

const MAX_BYTES = 256 * 1024;

/** Keys, values and the total size of annotations. */
export const annotationValid: Check = {
  id: 'annotation-valid',
  title: 'Annotations have valid keys, strings as values, and at most 256 KiB together.',
  severity: 'error',
  why: 'The API server refuses the object.',
  mend: 'Respell the key, quote the value, or move large values into a ConfigMap.',
  *run(objects) {
    for (const [subject, field, annotations] of annotationMaps(objects)) {
      let bytes = 0;
      for (const [key, value] of Object.entries(annotations)) {
        const at = `${field}['${key}']`;
        // Prefixes may have capitals here, unlike those of labels.
        const problem = qualifiedName(key.toLowerCase());
        if (problem !== undefined) yield { subject, field: at, message: `the annotation key "${key}" ${problem}` };
        if (typeof value === 'string') bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
        else
          yield {
            subject,
            field: at,
            message: `the annotation value is ${value === null ? 'null' : `a ${typeof value}`}; expected a string`,
          };
      }
      if (bytes > MAX_BYTES) yield { subject, field, message: `the annotations have ${bytes} bytes; expected at most ${MAX_BYTES}` };
    }
  },
};

function* annotationMaps(objects: readonly SourcedObject[]): Iterable<readonly [SourcedObject, string, Readonly<Record<string, unknown>>]> {
  for (const subject of objects) yield [subject, 'metadata.annotations', mapAt(subject.object, 'metadata', 'annotations')];
  for (const { subject, field, annotations } of podTemplates(objects)) {
    if (field !== '') yield [subject, `${field}.metadata.annotations`, annotations];
  }
}
