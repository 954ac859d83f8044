import { listAt, mapAt, textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';

const GROUP = 'policy.linkerd.io';

/** What Linkerd's AuthorizationPolicies protect and require is there. */
export const meshReferencesExist: Check = {
  id: 'mesh-references-exist',
  title: 'Every target and authentication of a Linkerd AuthorizationPolicy exists.',
  severity: 'error',
  why: 'The policy is ignored: depending on the default policy the port is open to all, or closed to those it was written for.',
  mend: 'Correct group, kind, name or namespace of the reference.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const subject of all.all(GROUP, 'AuthorizationPolicy')) {
      const { spec } = subject.object;
      const refs: (readonly [string, unknown])[] = [['spec.targetRef', mapAt(spec).targetRef]];
      for (const [i, ref] of listAt(spec, 'requiredAuthenticationRefs').entries())
        refs.push([`spec.requiredAuthenticationRefs[${i}]`, ref]);
      for (const [field, ref] of refs) {
        const { group = '', kind } = mapAt(ref);
        const name = textAt(ref, 'name');
        if (name === undefined || typeof kind !== 'string') continue;
        const namespace = kind === 'Namespace' ? undefined : (textAt(ref, 'namespace') ?? namespaceOf(subject.object));
        if (all.exists(group === 'core' ? '' : String(group), kind, name, namespace)) continue;
        if (kind === 'ServiceAccount' && name === 'default') continue;
        yield {
          subject,
          field,
          message: `refers to ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}, which does not exist`,
        };
      }
    }
  },
};
