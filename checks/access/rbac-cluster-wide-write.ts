import type { Check } from '../check';
import { lookup } from '../lookup';
import { bindings, givenVerbs, namedResources, rulesOf } from './rules';

/** Built-in kinds that live in namespaces and are not written from afar by habit (as events and leases are). */
const NAMESPACED = {
  '': [
    'configmaps',
    'secrets',
    'services',
    'endpoints',
    'pods',
    'persistentvolumeclaims',
    'serviceaccounts',
    'replicationcontrollers',
    'resourcequotas',
    'limitranges',
  ],
  apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  batch: ['jobs', 'cronjobs'],
  autoscaling: ['horizontalpodautoscalers'],
  policy: ['poddisruptionbudgets'],
  'networking.k8s.io': ['ingresses', 'networkpolicies'],
  'rbac.authorization.k8s.io': ['roles', 'rolebindings'],
};

export const rbacClusterWideWrite: Check = {
  id: 'rbac-cluster-wide-write',
  title: 'Nobody may write namespaced objects in all namespaces.',
  severity: 'warning',
  why: 'A mistake or a takeover reaches every namespace, kube-system among them, where the same rules in a RoleBinding would reach one.',
  mend: 'Bind the ClusterRole by a RoleBinding in each namespace that needs it; an operator of the whole cluster is exempted with its reason.',
  *run(objects) {
    const index = lookup(objects);
    for (const { subject, role } of bindings(objects)) {
      if (subject.object.kind !== 'ClusterRoleBinding') continue;
      const clusterRole = index.find('rbac.authorization.k8s.io', 'ClusterRole', role.name);
      const written = (clusterRole === undefined ? [] : rulesOf(clusterRole))
        .filter((rule) => givenVerbs(rule, ['create', 'update', 'patch', 'delete', 'deletecollection']).length > 0)
        .flatMap((rule) => namedResources(rule, NAMESPACED));
      if (written.length === 0) continue;
      const message = `ClusterRole ${role.name} lets write ${[...new Set(written)].join(', ')} in all namespaces; expected a RoleBinding where it is needed`;
      yield { subject, field: 'roleRef.name', message };
    }
  },
};
