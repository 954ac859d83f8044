import { groupOf, type SourcedObject } from '../../synth/object';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';

/** No two objects of a cluster have one (group, kind, namespace, name). */
export const duplicateIdentity: Check = {
  id: 'duplicate-identity',
  title: 'No two objects of a cluster have the same group, kind, namespace and name.',
  severity: 'error',
  why: 'The one that is applied last replaces the other, and two Argo CD Applications would fight over it.',
  mend: 'Rename one of the two, or remove it.',
  *run(objects) {
    const first = new Map<string, SourcedObject>();
    for (const subject of objects) {
      const { object } = subject;
      if (!object.metadata.name) continue;
      const identity = [groupOf(object), object.kind, namespaceOf(object), object.metadata.name].join('/');
      const earlier = first.get(identity);
      if (earlier === undefined) first.set(identity, subject);
      else yield { subject, message: `the same object is already defined by ${earlier.source}` };
    }
  },
};
