import type { Check } from '../check';
import { bindings } from './rules';

export const rbacDefaultServiceAccount: Check = {
  id: 'rbac-default-service-account',
  title: 'No role is bound to a service account named default.',
  severity: 'error',
  why: 'Every pod that names no service account of its own gets these rights.',
  mend: 'Make a ServiceAccount for the workload, name it in its pods, and bind that one.',
  *run(objects) {
    for (const { subject, role, subjects } of bindings(objects)) {
      for (const { kind, name, field } of subjects) {
        if (kind !== 'ServiceAccount' || name !== 'default') continue;
        yield {
          subject,
          field,
          message: `${role.kind} ${role.name} is given to the service account default; expected one of the workload's own`,
        };
      }
    }
  },
};
