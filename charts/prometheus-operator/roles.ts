import type { Construct } from 'constructs';
import { componentLabels } from '../native/labels';
import { type Account, clusterRole, type Rule, role } from '../native/rbac';
import { MONITORING_NAMESPACE } from './namespace';
import { NAME } from './network';

const GROUP = 'monitoring.coreos.com';
/** What it runs; the agent and Thanos' ruler are only looked for. */
const RUN = ['prometheuses', 'prometheusagents', 'alertmanagers', 'thanosrulers'];
/** What it reads into their configuration, and whose status it writes. */
const READ = ['scrapeconfigs', 'servicemonitors', 'podmonitors', 'probes', 'prometheusrules', 'alertmanagerconfigs'];
const EVERYTHING = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** In every namespace: monitors and rules stand beside what they are about. */
const CLUSTER_RULES: readonly Rule[] = [
  { apiGroups: [GROUP], resources: [...RUN, ...READ], verbs: ['get', 'list', 'watch'], why: 'Its custom resources.' },
  {
    apiGroups: [GROUP],
    resources: [...RUN, ...READ].filter((kind) => kind !== 'alertmanagerconfigs').map((kind) => `${kind}/status`),
    verbs: ['get', 'update', 'patch'],
    why: 'Says who takes them in, and with what success.',
  },
  { resources: ['namespaces'], verbs: ['get', 'list', 'watch'], why: 'Selectors of namespaces.' },
  { resources: ['nodes'], verbs: ['list', 'watch'], why: 'Addresses of kubelets, for the Service `kubelet`.' },
  {
    apiGroups: ['', 'events.k8s.io'],
    resources: ['events'],
    verbs: ['create', 'patch'],
    why: 'Tells of monitors that it refuses, beside them.',
  },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get'], why: 'Whether a claim may grow.' },
];

/**
 * In its own namespace alone, where Prometheus and Alertmanager run. Upstream grants all of this in every namespace, which would let it
 * read every Secret of the cluster; monitors of ours name no Secrets.
 */
const OWN_RULES: readonly Rule[] = [
  {
    apiGroups: [GROUP],
    resources: RUN.map((kind) => `${kind}/finalizers`),
    verbs: ['update'],
    why: 'Owns what it makes for them.',
  },
  { apiGroups: ['apps'], resources: ['statefulsets'], verbs: EVERYTHING, why: 'Pods of Prometheus and Alertmanager.' },
  {
    resources: ['configmaps', 'secrets'],
    verbs: [...EVERYTHING, 'deletecollection'],
    why: 'Rules and configuration as files, for those pods.',
  },
  { resources: ['pods'], verbs: ['list', 'delete'], why: 'Replaces pods that a StatefulSet would leave stuck.' },
  {
    resources: ['services', 'services/finalizers'],
    verbs: ['get', 'create', 'update', 'delete'],
    why: 'Services that govern the StatefulSets.',
  },
];

/** In kube-system it keeps a Service without a selector, whose addresses are the kubelets'. */
const KUBELET_RULES: readonly Rule[] = [
  { resources: ['services', 'services/finalizers'], verbs: ['get', 'create', 'update'], why: 'The Service `kubelet`.' },
  {
    apiGroups: ['discovery.k8s.io'],
    resources: ['endpointslices'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'delete'],
    why: 'A slice for every hundred nodes or so.',
  },
];

/** Roles of the operator. */
export function prometheusOperatorRoles(scope: Construct): void {
  const account: Account = { name: NAME, namespace: MONITORING_NAMESPACE, labels: componentLabels(NAME, 'controller') };
  clusterRole(scope, NAME, account, CLUSTER_RULES);
  role(scope, NAME, MONITORING_NAMESPACE, account, OWN_RULES, {
    'ignore-check.fleet/rbac-create-pods': 'The operator of Prometheus and Alertmanager makes their StatefulSets.',
    'ignore-check.fleet/rbac-secrets':
      'The operator writes configuration of Prometheus and Alertmanager into Secrets, and reads those that these name.',
  });
  role(scope, `${NAME}-kubelet`, 'kube-system', account, KUBELET_RULES);
}
