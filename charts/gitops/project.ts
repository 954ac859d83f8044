import type { Construct } from 'constructs';
import { appProject } from '../../imports/argo-cd';
import { groupOf, type Json, type KubeObject } from '../../synth/object';
import { repositoryOf, syncWaveAnnotation } from './application';
import { type AppProjectSpec, argocdNamespace, inCluster } from './argo-cd';
import { isKustomization } from './kustomization';
import type { GitOpsFacts, GitOpsPolicy } from './policy';
import { projectRoles } from './roles';
import { syncWindows } from './sync-windows';
import { type GroupKind, isUpstream, type Unit } from './unit';
import { projectWave } from './waves';

/** What controllers make of a rendered object. Argo CD hides children whose kind a project does not allow: no pods, no logs. */
const children: Readonly<Record<string, readonly GroupKind[]>> = {
  'apps/DaemonSet': [pod(), { group: 'apps', kind: 'ControllerRevision' }],
  'apps/Deployment': [pod(), { group: 'apps', kind: 'ReplicaSet' }],
  'apps/StatefulSet': [pod(), { group: 'apps', kind: 'ControllerRevision' }],
  'argoproj.io/Rollout': [pod(), { group: 'apps', kind: 'ReplicaSet' }],
  'batch/CronJob': [pod(), { group: 'batch', kind: 'Job' }],
  'batch/Job': [pod()],
  '/Service': [{ group: 'discovery.k8s.io', kind: 'EndpointSlice' }],
};

/** Adds the AppProject of one product, or of the platform, that allows exactly what its units bring. */
export function unitsProject(scope: Construct, name: string, units: readonly Unit[], facts: GitOpsFacts, policy: GitOpsPolicy): void {
  const namespaces = units.flatMap((unit) => [
    unit.namespace,
    ...(unit.extraNamespaces ?? []),
    ...unit.objects.flatMap((object) => object.metadata.namespace ?? []),
  ]);
  const windows = syncWindows(policy, units.some((unit) => unit.tier === 'workloads') ? 'workloads' : 'platform');
  project(scope, name, {
    description: `Applications of ${name} in ${facts.cluster}.`,
    sourceRepos: distinct(units.map((unit) => repositoryOf(unit, facts))),
    destinations: distinct(namespaces).map((namespace) => ({ server: inCluster, namespace })),
    clusterResourceWhitelist: distinctKinds([
      ...units.flatMap((unit) => unit.clusterKinds ?? []),
      ...units.flatMap((unit) =>
        unit.objects.filter((object) => object.metadata.namespace === undefined && !isKustomization(object)).map(kindOf),
      ),
    ]),
    ...namespacedKinds(units),
    roles: projectRoles(name, facts.groups, policy.developers),
    ...(windows.length === 0 ? {} : { syncWindows: [...windows] }),
    orphanedResources: { warn: true, ignore: madeByControllers(units) },
  });
}

/**
 * Adds the project `default`, which Argo CD makes by itself and opens to everything, closed to everything.
 * The lists are empty, not absent: server-side apply takes away only what it is told of.
 */
export function closedDefaultProject(scope: Construct): void {
  project(scope, 'default', {
    description: 'Closed: every Application names its own project.',
    sourceRepos: [],
    destinations: [],
    clusterResourceWhitelist: [],
  });
}

/** The strings without repetitions, sorted by code unit, so that the order of units never shows. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function project(scope: Construct, name: string, spec: AppProjectSpec): void {
  const metadata = { name, namespace: argocdNamespace, annotations: { [syncWaveAnnotation]: String(projectWave) } };
  appProject(scope, `project-${name}`, { metadata, spec });
}

/** Exact while every upstream source says its kinds; otherwise all kinds, since one missing kind would stop a sync. */
function namespacedKinds(units: readonly Unit[]): Pick<AppProjectSpec, 'namespaceResourceWhitelist' | 'namespaceResourceBlacklist'> {
  if (units.some((unit) => isUpstream(unit) && unit.namespacedKinds === undefined)) return {};
  const rendered = units.flatMap((unit) => unit.objects.filter((object) => object.metadata.namespace !== undefined).map(kindOf));
  const kinds = [...rendered, ...units.flatMap((unit) => unit.namespacedKinds ?? [])];
  // Argo CD drops an empty whitelist when it writes a project, and none means all.
  if (kinds.length === 0) return { namespaceResourceBlacklist: [{ group: '*', kind: '*' }] };
  return { namespaceResourceWhitelist: distinctKinds([...kinds, ...kinds.flatMap((kind) => children[textOf(kind)] ?? [])]) };
}

/** Objects that nobody renders and that are no orphans: what cert-manager writes, and the leases of leader elections. */
function madeByControllers(units: readonly Unit[]): GroupKindName[] {
  const secrets = units.flatMap((unit) => unit.objects.flatMap(tlsSecretsOf));
  return [{ group: 'coordination.k8s.io', kind: 'Lease' }, ...distinct(secrets).map((name) => ({ group: '', kind: 'Secret', name }))];
}

type GroupKindName = GroupKind & { readonly name?: string };

function tlsSecretsOf(object: KubeObject): string[] {
  const spec = object.spec as { readonly secretName?: Json; readonly tls?: Json } | undefined;
  if (object.kind === 'Certificate' && groupOf(object) === 'cert-manager.io')
    return typeof spec?.secretName === 'string' ? [spec.secretName] : [];
  if (object.kind !== 'Ingress' || !Array.isArray(spec?.tls)) return [];
  return (spec.tls as readonly { readonly secretName?: Json }[]).flatMap(({ secretName }) =>
    typeof secretName === 'string' ? [secretName] : [],
  );
}

function kindOf(object: KubeObject): GroupKind {
  return { group: groupOf(object), kind: object.kind };
}

function distinctKinds(kinds: readonly GroupKind[]): GroupKind[] {
  const byText = new Map(kinds.map((kind) => [textOf(kind), { group: kind.group, kind: kind.kind }]));
  return [...byText.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}

function textOf(kind: GroupKind): string {
  return `${kind.group}/${kind.kind}`;
}

function pod(): GroupKind {
  return { group: '', kind: 'Pod' };
}
