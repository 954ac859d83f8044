import { annotation, type Document } from './documents';

/** Documents that Argo CD applies together, before it goes on. */
export interface Wave {
  readonly phase: (typeof PHASES)[number];
  readonly number: number;
  readonly documents: readonly Document[];
}

const PHASES = ['PreSync', 'Sync', 'PostSync'] as const;

/** Inside a wave Argo CD applies these kinds first, in this order, and all other kinds after them. */
const KINDS = (
  'Namespace NetworkPolicy ResourceQuota LimitRange PodSecurityPolicy PodDisruptionBudget ServiceAccount Secret SecretList ConfigMap ' +
  'StorageClass PersistentVolume PersistentVolumeClaim CustomResourceDefinition ClusterRole ClusterRoleList ClusterRoleBinding ' +
  'ClusterRoleBindingList Role RoleList RoleBinding RoleBindingList Service DaemonSet Pod ReplicationController ReplicaSet Deployment ' +
  'HorizontalPodAutoscaler StatefulSet Job CronJob IngressClass Ingress APIService'
).split(' ');

/** The documents of one Application in the order of Argo CD: by hook phase, then wave, then kind, then name. Hooks of other phases are left out. */
export function waves(documents: readonly Document[]): readonly Wave[] {
  return PHASES.flatMap((phase) => {
    const inPhase = documents.filter((document) => phaseOf(document) === phase);
    const numbers = [...new Set(inPhase.map(waveOf))].sort((a, b) => a - b);
    return numbers.map((number) => ({ phase, number, documents: inPhase.filter((each) => waveOf(each) === number).sort(byKindThenName) }));
  });
}

function phaseOf({ object }: Document): string {
  return annotation(object, 'argocd.argoproj.io/hook') ?? 'Sync';
}

function waveOf({ object }: Document): number {
  return Number(annotation(object, 'argocd.argoproj.io/sync-wave') ?? '0');
}

function byKindThenName(a: Document, b: Document): number {
  const difference = rank(a) - rank(b);
  return difference !== 0 ? difference : a.object.metadata.name < b.object.metadata.name ? -1 : 1;
}

function rank({ object }: Document): number {
  const index = KINDS.indexOf(object.kind);
  return index === -1 ? KINDS.length : index;
}
