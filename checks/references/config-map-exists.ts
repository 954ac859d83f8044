import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { podTemplates } from '../pods';
import { configMapSources } from './key-sources';
import { missingReference } from './missing-reference';
import { podReferences } from './pod-references';

/** ConfigMaps (and their keys) that pods mention are there. */
export const configMapExists: Check = {
  id: 'config-map-exists',
  title: 'Every ConfigMap and key that a pod needs exists.',
  severity: 'error',
  why: 'The pod stays in CreateContainerConfigError or ContainerCreating until it appears.',
  mend: 'Correct the name or key, render the ConfigMap, mark the reference optional, or list the ConfigMap among the facts as existing.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    const sources = configMapSources(all);
    for (const template of podTemplates(objects)) {
      const namespace = namespaceOf(template.subject.object);
      for (const reference of podReferences(template)) {
        if (reference.kind !== 'ConfigMap' || all.existsOutside('ConfigMap', reference.name, namespace)) continue;
        const message = missingReference(reference, namespace, sources);
        if (message !== undefined) yield { subject: template.subject, field: reference.field, message };
      }
    }
  },
};
