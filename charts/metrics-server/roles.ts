import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { componentLabels } from '../native/labels';
import { type Account, bindBuiltIn, clusterRole, type Rule } from '../native/rbac';
import { NAME, NAMESPACE } from './network';

/** Role that people's roles take in, so that `kubectl top` works for them. */
export const READER = 'metrics-server-reader';

/**
 * What the program may do. The chart's rules of upstream also let it read namespaces and every ConfigMap, which its release manifest
 * does not ask for and the program does not do; the one ConfigMap that it needs stands under a role of Kubernetes' own, below.
 */
const RULES: readonly Rule[] = [
  { resources: ['nodes/metrics'], verbs: ['get'], why: 'Kubelets ask the API server whether it may read what pods use.' },
  { resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'], why: 'Which nodes to ask, and for which pods to answer.' },
];

/** Roles of metrics-server, and the one by which people may ask it. */
export function metricsServerRoles(scope: Construct): void {
  const labels = componentLabels(NAME, 'server');
  const account: Account = { name: NAME, namespace: NAMESPACE, labels };
  clusterRole(scope, NAME, account, RULES);
  // It asks the API server who a caller is and what he may do.
  bindBuiltIn(scope, `${NAME}-auth-delegator`, { kind: 'ClusterRole', name: 'system:auth-delegator' }, account);
  // The CA by which the API server proves that it passes a request on.
  bindBuiltIn(scope, `${NAME}-auth-reader`, { kind: 'Role', name: 'extension-apiserver-authentication-reader' }, account, NAMESPACE);
  const aggregate = ['admin', 'edit', 'view'].map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true'] as const);
  new k8s.KubeClusterRole(scope, 'clusterrole-reader', {
    metadata: { name: READER, labels: { ...labels, ...Object.fromEntries(aggregate) } },
    rules: [{ apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] }],
  });
}
