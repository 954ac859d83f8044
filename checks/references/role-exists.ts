import { mapAt, textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';

const BUILT_IN = new Set(['cluster-admin', 'admin', 'edit', 'view']);

/** Roles that bindings grant are there. */
export const roleExists: Check = {
  id: 'role-exists',
  title: 'Every Role or ClusterRole that is bound exists.',
  severity: 'error',
  why: 'The binding grants nothing, and whoever may create a role of that name later decides what it grants.',
  mend: 'Correct kind or name of roleRef, render the role, or list it among the facts as existing.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    const group = 'rbac.authorization.k8s.io';
    for (const binding of ['RoleBinding', 'ClusterRoleBinding']) {
      for (const subject of all.all(group, binding)) {
        const ref = mapAt(subject.object, 'roleRef');
        const name = textAt(ref, 'name');
        if (name === undefined) continue;
        const namespace = ref.kind === 'Role' ? namespaceOf(subject.object) : undefined;
        if (ref.kind === 'ClusterRole' && (BUILT_IN.has(name) || name.startsWith('system:'))) continue;
        // `rbac-binding-form` reports kinds that a binding may not name.
        if (binding === 'ClusterRoleBinding' && ref.kind === 'Role') continue;
        if (!all.exists(group, String(ref.kind), name, namespace)) {
          yield {
            subject,
            field: 'roleRef',
            message: `binds ${ref.kind} ${namespace === undefined ? name : `${namespace}/${name}`}, which does not exist`,
          };
        }
      }
    }
  },
};
