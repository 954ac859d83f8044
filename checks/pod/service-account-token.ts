import type { SourcedObject } from '../../synth/object';
import { bindings } from '../access/rules';
import { at, textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import { specField } from '../security/standard/control';

/** Tokens for AWS and for the mesh are mounted by others and not meant here. */
export const serviceAccountToken: Check = {
  id: 'service-account-token',
  title: 'Pods get an API token only when a role is bound to their service account.',
  severity: 'warning',
  why: 'Whoever gets into the container can ask the API server with it; a program that never talks to the API has no use for it.',
  mend: 'Set automountServiceAccountToken: false on the pod or its ServiceAccount; or bind the role that the program needs.',
  *run(objects) {
    const index = lookup(objects);
    const bound = boundAccounts(objects);
    for (const template of podIndex(objects).templates) {
      const namespace = namespaceOf(template.subject.object);
      const name = textAt(template.spec, 'serviceAccountName') ?? 'default';
      const account = index.find('', 'ServiceAccount', name, namespace)?.object;
      const mounted = at(template.spec, 'automountServiceAccountToken') ?? at(account, 'automountServiceAccountToken') ?? true;
      if (mounted !== true || bound.has(`${namespace}/${name}`)) continue;
      const message = `the pods get a token of ServiceAccount ${name}, to which no role is bound; expected automountServiceAccountToken: false`;
      yield { subject: template.subject, field: `${specField(template)}.automountServiceAccountToken`, message };
    }
  },
};

/** Service accounts that a binding names, as `namespace/name`. */
function boundAccounts(objects: readonly SourcedObject[]): ReadonlySet<string> {
  return new Set(
    bindings(objects).flatMap(({ subject, subjects }) =>
      subjects
        .filter(({ kind }) => kind === 'ServiceAccount')
        .map(({ name, namespace }) => `${namespace ?? namespaceOf(subject.object)}/${name}`),
    ),
  );
}
