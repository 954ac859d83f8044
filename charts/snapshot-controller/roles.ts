import type { Construct } from 'constructs';
import { componentLabels } from '../native/labels';
import { type Account, clusterRole, leaderElection, type Rule, role } from '../native/rbac';
import { NAME, NAMESPACE } from './network';

const READ = ['get', 'list', 'watch'];
const SNAPSHOTS = ['snapshot.storage.k8s.io'];

/** What the controller may do. Upstream's rules, less those of snapshots of groups of volumes, which are off. */
const RULES: readonly Rule[] = [
  { resources: ['persistentvolumes'], verbs: READ, why: 'Which volume, of which driver, a claim stands for.' },
  {
    resources: ['persistentvolumeclaims'],
    verbs: [...READ, 'update'],
    why: 'A finalizer keeps a claim while a snapshot is made of it.',
  },
  { resources: ['events'], verbs: ['list', 'watch', 'create', 'update', 'patch'], why: 'Tells what became of a snapshot.' },
  { apiGroups: SNAPSHOTS, resources: ['volumesnapshotclasses'], verbs: READ, why: 'How a snapshot is to be made and kept.' },
  {
    apiGroups: SNAPSHOTS,
    resources: ['volumesnapshots', 'volumesnapshotcontents'],
    verbs: [...READ, 'create', 'update', 'patch', 'delete'],
    why: 'Its work: a content for each snapshot.',
  },
  { apiGroups: SNAPSHOTS, resources: ['volumesnapshotcontents/status'], verbs: ['patch'], why: 'Clears an error before a new try.' },
  { apiGroups: SNAPSHOTS, resources: ['volumesnapshots/status'], verbs: ['update', 'patch'], why: 'Says when a snapshot is ready.' },
];

/** Roles of the controller. */
export function snapshotControllerRoles(scope: Construct): void {
  const account: Account = { name: NAME, namespace: NAMESPACE, labels: componentLabels(NAME, 'controller') };
  clusterRole(scope, NAME, account, RULES, undefined, {
    'ignore-check.fleet/rbac-cluster-wide-write': 'Claims of any namespace may be snapshot; it writes their finalizer alone.',
  });
  role(scope, `${NAME}-leader-election`, NAMESPACE, account, leaderElection('snapshot-controller-leader'));
}
