import type { Construct } from 'constructs';
import { type Account, clusterRole, type Rule, role } from '../native/rbac';
import { INGRESS_NGINX_NAMESPACE, NAMES } from './names';

const READ = ['get', 'list', 'watch'];

/** What the controller reads of every namespace: Ingresses may stand in any, and what they refer to stands beside them. */
const EVERYWHERE: readonly Rule[] = [
  {
    resources: ['configmaps', 'endpoints', 'nodes', 'pods', 'secrets', 'namespaces'],
    verbs: ['list', 'watch'],
    why: 'Certificates are Secrets beside their Ingresses; its watches are of the whole cluster, and the API offers no rule by type.',
  },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['list', 'watch'], why: 'The election of a leader watches them.' },
  { resources: ['nodes'], verbs: ['get'], why: 'Addresses of nodes, where no Service says that of the load balancer.' },
  { resources: ['services'], verbs: READ, why: 'Backends of Ingresses, and the address of the load balancer.' },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: READ, why: 'What it serves.' },
  { resources: ['events'], verbs: ['create', 'patch'], why: 'It tells Ingresses what is wrong with them.' },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update'], why: 'The address of the load balancer.' },
  { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: READ, why: 'Which Ingresses are its own.' },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ, why: 'Pods behind the backends.' },
];

/** What it does in its own namespace: there it also reads its own configuration and pods by name. */
const OWN: readonly Rule[] = [
  { resources: ['configmaps', 'pods', 'secrets', 'endpoints'], verbs: READ, why: 'Its configuration, and its own pods.' },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'], why: 'A lease that is not there has no name to allow.' },
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    resourceNames: [NAMES.lease],
    verbs: ['get', 'update'],
    why: 'The leader, who writes the address of the load balancer into Ingresses, renews it.',
  },
];

/**
 * Of upstream's rules for its own namespace those are left out that the rules for the whole cluster contain, and the reading of the
 * Namespace itself: it is asked for only when one namespace alone is watched.
 */
export function roles(scope: Construct, account: Account): void {
  clusterRole(scope, NAMES.account, account, EVERYWHERE, {
    'ignore-check.fleet/rbac-secrets': 'The keys of hosts stand beside the workloads that are exposed, in namespaces that it cannot know.',
  });
  role(scope, NAMES.account, INGRESS_NGINX_NAMESPACE, account, OWN, {
    'ignore-check.fleet/rbac-secrets': 'It reads Secrets by the names that Ingresses give them.',
  });
}
