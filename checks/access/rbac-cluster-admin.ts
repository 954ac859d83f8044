import type { Check } from '../check';
import { bindings } from './rules';

export const rbacClusterAdmin: Check = {
  id: 'rbac-cluster-admin',
  title: 'Nobody is bound to cluster-admin.',
  severity: 'error',
  why: 'Whoever takes over one of its holders has every secret and every node of the cluster.',
  mend: 'Bind a role that lists what is needed; for the few who need everything, exempt the binding and say who they are.',
  *run(objects) {
    for (const { subject, role, subjects } of bindings(objects)) {
      if (role.name !== 'cluster-admin' || role.kind !== 'ClusterRole') continue;
      const who = subjects.map(({ kind, name }) => `${kind} ${name}`).join(', ') || 'nobody';
      yield { subject, field: 'roleRef.name', message: `cluster-admin is given to ${who}; expected a role that lists what is needed` };
    }
  },
};
