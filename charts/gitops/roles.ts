import type { AppProjectSpec } from './argo-cd';
import type { GitOpsFacts, GitOpsPolicy } from './policy';

type Role = NonNullable<AppProjectSpec['roles']>[number];

/** Roles of a project, bound to groups. Nobody gets `exec`: a shell in a pod is the business of the cluster's own RBAC. */
export function projectRoles(project: string, groups: GitOpsFacts['groups'], developers: GitOpsPolicy['developers']): Role[] {
  const look = ['applications, get', 'logs, get'];
  const sync = ['applications, sync', 'applications, action/*'];
  const role = (name: string, description: string, members: readonly string[], rights: readonly string[]): Role => ({
    name,
    description,
    groups: [...members],
    policies: rights.map((right) => `p, proj:${project}:${name}, ${right}, ${project}/*, allow`),
  });
  return [
    role('admin', 'Everything on the Applications of this project.', groups.admin, ['applications, *', 'logs, get']),
    developers === 'sync'
      ? role('developer', 'Looks, syncs and runs actions.', groups.developer, [...look, ...sync])
      : role('developer', 'Looks.', groups.developer, look),
    role('read-only', 'Looks.', groups.readOnly, look),
  ];
}
