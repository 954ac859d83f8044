import type { Construct } from 'constructs';
import { componentLabels } from '../native/labels';
import { type Account, clusterRole, leaderElection, type Rule, role } from '../native/rbac';
import { NAME, NAMESPACE } from './network';

const READ = ['get', 'list', 'watch'];

/**
 * What the controller may do. Upstream's rules, less those of what is off: its Gateway API, Global Accelerator, the agent of target control,
 * and target groups that several clusters share, which it would note in ConfigMaps of any namespace; less Endpoints, for which it takes
 * EndpointSlices, the API group `extensions`, which is no longer served, and the leader's lock in a ConfigMap, which is a Lease.
 */
const RULES: readonly Rule[] = [
  {
    apiGroups: ['elbv2.k8s.aws'],
    resources: ['targetgroupbindings'],
    verbs: [...READ, 'create', 'update', 'patch', 'delete'],
    why: 'One for each target group: which pods belong to it.',
  },
  { apiGroups: ['elbv2.k8s.aws'], resources: ['targetgroupbindings/status'], verbs: ['update', 'patch'], why: 'What it last did.' },
  { apiGroups: ['elbv2.k8s.aws'], resources: ['ingressclassparams'], verbs: READ, why: 'Settings that an IngressClass may carry.' },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses'],
    verbs: [...READ, 'update', 'patch'],
    why: 'A finalizer keeps an Ingress until its load balancer is gone.',
  },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update', 'patch'], why: 'The load balancer’s name.' },
  { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: READ, why: 'Which Ingresses are its own.' },
  { resources: ['services'], verbs: [...READ, 'update', 'patch'], why: 'As for Ingresses: those of type LoadBalancer.' },
  { resources: ['services/status'], verbs: ['update', 'patch'], why: 'The load balancer’s name.' },
  { resources: ['pods', 'nodes', 'namespaces'], verbs: READ, why: 'Addresses of targets, and labels of namespaces that bindings name.' },
  { resources: ['pods/status'], verbs: ['update', 'patch'], why: 'Readiness gates: a pod is ready once its target is healthy.' },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ, why: 'Which pods stand behind a Service.' },
  { resources: ['events'], verbs: ['create', 'patch'], why: 'Tells why a load balancer could not be made.' },
];

/** Roles of the controller. */
export function awsLoadBalancerControllerRoles(scope: Construct): void {
  const account: Account = { name: NAME, namespace: NAMESPACE, labels: componentLabels(NAME, 'controller') };
  clusterRole(scope, NAME, account, RULES, undefined, {
    'ignore-check.fleet/rbac-cluster-wide-write':
      'It serves Ingresses and Services of any namespace; it writes their finalizer and status.',
  });
  role(scope, `${NAME}-leader-election`, NAMESPACE, account, leaderElection(`${NAME}-leader`));
}
