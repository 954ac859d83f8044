import { listAt, textAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';

const BUILT_IN = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Namespaces that objects are put into are there. */
export const namespaceExists: Check = {
  id: 'namespace-exists',
  title: 'Every namespace that an object is put into exists.',
  severity: 'error',
  why: 'The API server refuses objects of a namespace that is not there.',
  mend: 'Correct metadata.namespace, render the Namespace, or list it among the facts as existing.',
  needs: ['existing'],
  *run(objects, facts) {
    const all = lookup(objects, facts);
    const known = new Set([...BUILT_IN, ...all.all('', 'Namespace').map(({ object }) => object.metadata.name)]);
    for (const { object } of all.all('argoproj.io', 'Application')) {
      const made = listAt(object, 'spec', 'syncPolicy', 'syncOptions').includes('CreateNamespace=true');
      const name = textAt(object, 'spec', 'destination', 'namespace');
      if (made && name !== undefined) known.add(name);
    }
    // Once for each namespace: the others would only repeat it.
    for (const subject of objects) {
      const { namespace } = subject.object.metadata;
      if (namespace === undefined || known.has(namespace) || all.existsOutside('Namespace', namespace)) continue;
      known.add(namespace);
      yield { subject, field: 'metadata.namespace', message: `is put into namespace ${namespace}, which does not exist` };
    }
  },
};
