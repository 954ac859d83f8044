import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Labels } from '../workload/labels';

/** A rule of a role. `why` is for the reader of the source: upstream states what a program asks for, seldom what for. */
export interface Rule {
  /** @default - the core group */
  readonly apiGroups?: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Only these objects. @default - all */
  readonly resourceNames?: readonly string[];
  readonly why: string;
}

/** Who gets the rules: a ServiceAccount. */
export interface Account {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}

/**
 * A ClusterRole and its binding to one account, both of the given name.
 * @param annotations - of the role, as exemptions from checks
 * @param bindingAnnotations - of the binding, likewise
 */
export function clusterRole(
  scope: Construct,
  name: string,
  account: Account,
  rules: readonly Rule[],
  annotations?: Labels,
  bindingAnnotations?: Labels,
): void {
  const { labels } = account;
  new k8s.KubeClusterRole(scope, `clusterrole-${name}`, { metadata: { name, labels, annotations }, rules: rules.map(policyRule) });
  new k8s.KubeClusterRoleBinding(scope, `clusterrolebinding-${name}`, {
    metadata: { name, labels, annotations: bindingAnnotations },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [subject(account)],
  });
}

/**
 * A Role and its binding to one account, in a namespace that may be another than the account's.
 * @param annotations - of the role, as exemptions from checks
 */
export function role(
  scope: Construct,
  name: string,
  namespace: string,
  account: Account,
  rules: readonly Rule[],
  annotations?: Labels,
): void {
  const { labels } = account;
  new k8s.KubeRole(scope, `role-${namespace}-${name}`, {
    metadata: { name, namespace, labels, annotations },
    rules: rules.map(policyRule),
  });
  new k8s.KubeRoleBinding(scope, `rolebinding-${namespace}-${name}`, {
    metadata: { name, namespace, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [subject(account)],
  });
}

/** A binding of one account to a role that Kubernetes itself brings. */
export function bindBuiltIn(
  scope: Construct,
  name: string,
  builtIn: { readonly kind: 'ClusterRole' | 'Role'; readonly name: string },
  account: Account,
  namespace?: string,
): void {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', ...builtIn };
  const { labels } = account;
  const subjects = [subject(account)];
  if (namespace === undefined)
    new k8s.KubeClusterRoleBinding(scope, `clusterrolebinding-${name}`, { metadata: { name, labels }, roleRef, subjects });
  else new k8s.KubeRoleBinding(scope, `rolebinding-${namespace}-${name}`, { metadata: { name, namespace, labels }, roleRef, subjects });
}

/** Rules for the lease by which replicas agree on their leader: made without a name, then changed under its own. */
export const leaderElection = (lease: string): readonly Rule[] => [
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: ['create'],
    why: 'A lease that is not there yet has no name to allow.',
  },
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    resourceNames: [lease],
    verbs: ['get', 'update', 'patch'],
    why: 'The leader renews it.',
  },
];

const subject = ({ name, namespace }: Account): k8s.Subject => ({ kind: 'ServiceAccount', name, namespace });

const policyRule = ({ apiGroups = [''], resources, verbs, resourceNames }: Rule): k8s.PolicyRule => ({
  apiGroups: [...apiGroups],
  resources: [...resources],
  resourceNames: resourceNames === undefined ? undefined : [...resourceNames],
  verbs: [...verbs],
});
