import type { Check } from '../check';
import { applicationsOf } from './applications';

/** An Application deploys to a namespace that its objects are in. */
export const applicationNamespace: Check = {
  id: 'application-namespace',
  title: 'The destination namespace of an Argo CD Application is one that its objects are in.',
  severity: 'error',
  why: 'CreateNamespace makes the wrong namespace, and objects without a namespace land in it.',
  mend: 'Set spec.destination.namespace to the namespace of the objects.',
  *run(objects) {
    for (const { subject, destination, objects: carried } of applicationsOf(objects)) {
      const counts = new Map<string, number>();
      for (const { object } of carried) {
        const { namespace } = object.metadata;
        if (namespace !== undefined) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
      }
      if (destination.namespace === undefined || counts.size === 0 || counts.has(destination.namespace)) continue;
      const uses = [...counts].map(([namespace, count]) => `${namespace} (${count})`).join(', ');
      yield {
        subject,
        field: 'spec.destination.namespace',
        message: `the destination is ${destination.namespace}, but its objects are in ${uses}`,
      };
    }
  },
};
