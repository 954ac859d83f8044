import type { Check } from '../check';
import { bindings } from './rules';

/** Groups and users of Kubernetes itself that many, or anyone, belong to. */
const BROAD: Readonly<Record<string, string>> = {
  'Group system:unauthenticated': 'anyone who reaches the API server',
  'User system:anonymous': 'anyone who reaches the API server',
  'Group system:authenticated': 'everyone with any account',
  'Group system:serviceaccounts': 'every pod of the cluster',
  'Group system:masters': 'a group whose members pass every authorization, so that removing the binding takes nothing away',
};

export const rbacBroadSubjects: Check = {
  id: 'rbac-broad-subjects',
  title: 'Roles are bound to named groups and service accounts, never to everybody.',
  severity: 'error',
  why: 'Nobody can say any more who has the rights of the role, and a new pod or account has them at once.',
  mend: 'Bind the groups of the contract or single service accounts.',
  *run(objects) {
    for (const { subject, role, subjects } of bindings(objects)) {
      for (const { kind, name, field } of subjects) {
        const namespace = kind === 'Group' ? /^system:serviceaccounts:(.+)$/.exec(name)?.[1] : undefined;
        const who = BROAD[`${kind} ${name}`] ?? (namespace === undefined ? undefined : `every pod of Namespace ${namespace}`);
        if (who === undefined) continue;
        yield {
          subject,
          field: `${field}.name`,
          message: `${role.kind} ${role.name} is given to ${name}: ${who}; expected a named group or service account`,
        };
      }
    }
  },
};
