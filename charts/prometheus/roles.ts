import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type Account, clusterRole, type Rule } from '../native/rbac';
import { prometheus } from '../network';
import { MONITORING_NAMESPACE } from '../prometheus-operator';
import type { Labels } from '../workload/labels';

const { serviceAccount: NAME } = prometheus({ mesh: false });

/** What Prometheus may do. Upstream's rules also let it read nodes, Endpoints and Ingresses: no discovery of ours uses them. */
const RULES: readonly Rule[] = [
  { resources: ['pods', 'services'], verbs: ['get', 'list', 'watch'], why: 'Finds what monitors select.' },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'], why: 'Addresses behind Services.' },
  { resources: ['nodes/metrics'], verbs: ['get'], why: 'Kubelets ask the API server whether it may scrape them.' },
];

/** The account of Prometheus and its roles. */
export function prometheusRoles(scope: Construct, labels: Labels, annotations?: Labels): void {
  const account: Account = { name: NAME, namespace: MONITORING_NAMESPACE, labels };
  new k8s.KubeServiceAccount(scope, 'serviceaccount', {
    metadata: { name: NAME, namespace: MONITORING_NAMESPACE, labels, annotations },
    // The pods ask for the token themselves.
    automountServiceAccountToken: false,
  });
  clusterRole(scope, NAME, account, RULES);
  const name = `${NAME}-api-server`;
  new k8s.KubeClusterRole(scope, 'clusterrole-api-server', {
    metadata: { name, labels },
    rules: [{ nonResourceUrLs: ['/metrics'], verbs: ['get'] }],
  });
  new k8s.KubeClusterRoleBinding(scope, 'clusterrolebinding-api-server', {
    metadata: { name, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: MONITORING_NAMESPACE }],
  });
}
