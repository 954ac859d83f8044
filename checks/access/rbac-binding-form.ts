import type { SourcedObject } from '../../synth/object';
import { at, listAt, shown, textAt } from '../at';
import type { Check, Report } from '../check';
import { isRbac } from './rules';

const GROUP = 'rbac.authorization.k8s.io';

/** What the API server refuses, or accepts without giving anyone anything. */
export const rbacBindingForm: Check = {
  id: 'rbac-binding-form',
  title: 'Bindings name a role that they may name, and at least one subject in the form of its kind.',
  severity: 'error',
  why: 'The API server refuses the binding, or accepts it and nobody gets the role.',
  mend: 'A ServiceAccount has a namespace and no apiGroup; a User or Group has no namespace; a ClusterRoleBinding refers to a ClusterRole.',
  *run(objects) {
    for (const subject of objects) {
      if (isRbac(subject, 'RoleBinding', 'ClusterRoleBinding')) yield* inBinding(subject);
    }
  },
};

function* inBinding(subject: SourcedObject): Iterable<Report> {
  const { object } = subject;
  const kinds = object.kind === 'ClusterRoleBinding' ? ['ClusterRole'] : ['Role', 'ClusterRole'];
  const kind = at(object, 'roleRef', 'kind');
  if (!kinds.includes(String(kind)))
    yield { subject, field: 'roleRef.kind', message: `roleRef.kind is ${shown(kind)}; expected ${kinds.join(' or ')}` };
  const group = at(object, 'roleRef', 'apiGroup');
  if (group !== undefined && group !== GROUP)
    yield { subject, field: 'roleRef.apiGroup', message: `apiGroup is ${shown(group)}; expected ${GROUP}` };
  const subjects = listAt(object, 'subjects');
  if (subjects.length === 0) {
    yield { subject, field: 'subjects', message: 'the binding has no subjects; expected at least one', severity: 'warning' };
  }
  for (const [i, entry] of subjects.entries()) yield* inSubject(subject, entry, `subjects[${i}]`);
}

function* inSubject(subject: SourcedObject, entry: unknown, field: string): Iterable<Report> {
  const kind = textAt(entry, 'kind');
  const name = textAt(entry, 'name');
  const group = at(entry, 'apiGroup');
  const namespace = at(entry, 'namespace');
  if (name === undefined) yield { subject, field: `${field}.name`, message: `the ${kind ?? 'subject'} has no name` };
  if (kind === 'ServiceAccount') {
    if (namespace === undefined)
      yield { subject, field: `${field}.namespace`, message: `ServiceAccount ${name} has no namespace; expected the one it is in` };
    if (group !== undefined && group !== '')
      yield { subject, field: `${field}.apiGroup`, message: `apiGroup of a ServiceAccount is ${shown(group)}; expected none` };
  } else if (kind === 'User' || kind === 'Group') {
    if (namespace !== undefined)
      yield { subject, field: `${field}.namespace`, message: `${kind} ${name} has the namespace ${shown(namespace)}; expected none` };
    if (group !== undefined && group !== GROUP)
      yield { subject, field: `${field}.apiGroup`, message: `apiGroup of a ${kind} is ${shown(group)}; expected ${GROUP}` };
  } else
    yield { subject, field: `${field}.kind`, message: `the kind of a subject is ${shown(kind)}; expected ServiceAccount, User or Group` };
}
