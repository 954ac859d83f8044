import type { Construct } from 'constructs';
import { compareVersions } from '../catalogue';
import { componentLabels } from '../native/labels';
import { type Account, clusterRole, type Rule, role } from '../native/rbac';
import { NAME, NAMESPACE } from './network';

const READ = ['get', 'list', 'watch'];

/**
 * What the autoscaler may do cluster-wide. Upstream's rules, less those of what is off or gone: ProvisioningRequests, capacity buffers
 * and pod templates (their controllers are off), the lock in Endpoints (it is a Lease), the API group `extensions` (no longer served),
 * changes of Jobs and of pods' status (the program makes none), Deployments and CronJobs (it looks at ReplicaSets and Jobs).
 * The Lease and ConfigMaps are granted in its own namespace alone.
 */
const RULES: readonly Rule[] = [
  { resources: ['events'], verbs: ['create', 'patch'], why: 'Tells of each pod and node why it scales.' },
  { resources: ['pods/eviction'], verbs: ['create'], why: 'Empties a node before it goes; PodDisruptionBudgets hold.' },
  { resources: ['nodes'], verbs: [...READ, 'update'], why: 'Taints a node that is to go.' },
  {
    resources: ['namespaces', 'pods', 'services', 'replicationcontrollers', 'persistentvolumeclaims', 'persistentvolumes'],
    verbs: READ,
    why: 'It plays the scheduler, which looks at all these.',
  },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: READ, why: 'Whether something would start an evicted pod again.' },
  {
    apiGroups: ['apps'],
    resources: ['daemonsets', 'replicasets', 'statefulsets'],
    verbs: READ,
    why: 'As for Jobs; DaemonSets are also what a new node is going to run.',
  },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: ['list', 'watch'], why: 'A node whose pods may not go stays.' },
  {
    apiGroups: ['storage.k8s.io'],
    resources: ['storageclasses', 'csinodes', 'csidrivers', 'csistoragecapacities', 'volumeattachments'],
    verbs: READ,
    why: 'Whether a pod’s volumes fit a node, and its zone.',
  },
];

/** Version since which its scheduler looks at devices, whose API older clusters do not serve. */
const DEVICES_SINCE = 'v1.32.0';

const DEVICES: Rule = {
  apiGroups: ['resource.k8s.io'],
  resources: ['resourceslices', 'deviceclasses', 'resourceclaims'],
  verbs: READ,
  why: 'Whether a pod’s devices are on a node.',
};

const OWN: readonly Rule[] = [
  { resources: ['configmaps'], verbs: READ, why: 'The priority expander watches the ConfigMaps of its namespace for its own.' },
  { resources: ['configmaps'], verbs: ['create'], why: 'The one of its status; what is not there yet has no name to allow.' },
  { resources: ['configmaps'], verbs: ['get', 'update', 'delete'], resourceNames: ['cluster-autoscaler-status'], why: 'Its status.' },
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: ['create'],
    why: 'A lease that is not there yet has no name to allow.',
  },
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: ['get', 'update'],
    resourceNames: [NAME],
    why: 'The leader renews it.',
  },
];

/** Roles of the autoscaler. @param version - of its release */
export function clusterAutoscalerRoles(scope: Construct, version: string): void {
  const account: Account = { name: NAME, namespace: NAMESPACE, labels: componentLabels(NAME, 'autoscaler') };
  clusterRole(scope, NAME, account, compareVersions(version, DEVICES_SINCE) < 0 ? RULES : [...RULES, DEVICES]);
  role(scope, NAME, NAMESPACE, account, OWN);
}
