import { listAt, mapAt, textAt } from '../at';
import type { Check, Report } from '../check';
import { type Lookup, lookup, namespaceOf } from '../lookup';
import { podTemplates } from '../pods';

/** ServiceAccounts that pods run as, or that bindings grant to, are there. */
export const serviceAccountExists: Check = {
  id: 'service-account-exists',
  title: 'Every ServiceAccount of a pod or of a role binding exists.',
  severity: 'error',
  why: 'Pods are not created (the ReplicaSet reports FailedCreate), or a right is granted to nobody, or to whoever makes that account later.',
  mend: 'Correct the name or namespace, render the ServiceAccount, or list it among the facts as existing.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const { subject, spec, field } of podTemplates(objects)) {
      // The old name of the field still works.
      const key = textAt(spec, 'serviceAccountName') === undefined ? 'serviceAccount' : 'serviceAccountName';
      const name = textAt(spec, key);
      const namespace = namespaceOf(subject.object);
      if (name === undefined || exists(all, namespace, name)) continue;
      yield {
        subject,
        field: `${field === '' ? '' : `${field}.`}spec.${key}`,
        message: `runs as ServiceAccount ${namespace}/${name}, which does not exist`,
      };
    }
    yield* subjects(all);
  },
};

function* subjects(all: Lookup): Iterable<Report> {
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    for (const subject of all.all('rbac.authorization.k8s.io', kind)) {
      for (const [i, grantee] of listAt(subject.object, 'subjects').entries()) {
        if (mapAt(grantee).kind !== 'ServiceAccount') continue;
        const name = textAt(grantee, 'name');
        const namespace = textAt(grantee, 'namespace');
        const field = `subjects[${i}]`;
        // `rbac-binding-form` reports subjects without a namespace.
        if (name !== undefined && namespace !== undefined && !exists(all, namespace, name))
          yield { subject, field, message: `grants to ServiceAccount ${namespace}/${name}, which does not exist` };
      }
    }
  }
}

/** Kubernetes makes the account `default` in every namespace. */
function exists(all: Lookup, namespace: string, name: string): boolean {
  return name === 'default' || all.exists('', 'ServiceAccount', name, namespace);
}
