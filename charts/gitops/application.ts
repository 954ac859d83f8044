import type { Construct } from 'constructs';
import { application } from '../../imports/argo-cd';
import { type ApplicationSpec, argocdNamespace, inCluster } from './argo-cd';
import { ignoreDifferences } from './ignore-differences';
import type { GitOpsFacts, GitOpsPolicy } from './policy';
import { syncPolicy } from './sync-policy';
import { bringsUnprotectedCrds, type Unit } from './unit';

export const syncWaveAnnotation = 'argocd.argoproj.io/sync-wave';

/** Asks the API server what a sync would change, so that defaulted fields (as in ExternalSecrets) are no difference. */
export const serverSideDiff = { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' };

/** Finalizer by which deleting an Application deletes what it deployed. */
const resourcesFinalizer = 'resources-finalizer.argocd.argoproj.io';

/** Adds the Application of one unit to the root folder of its tier. */
export function unitApplication(scope: Construct, unit: Unit, wave: number, facts: GitOpsFacts, policy: GitOpsPolicy): void {
  const keeps = bringsUnprotectedCrds(unit);
  const ignored = [...ignoreDifferences(unit.objects), ...(unit.ignoreDifferences ?? [])];
  const annotations = {
    [syncWaveAnnotation]: String(wave),
    ...serverSideDiff,
    ...(policy.pruneConfirm ? { 'argocd.argoproj.io/sync-options': 'Prune=confirm' } : {}),
  };
  const finalizers = policy.finalizer && !keeps && unit.keepOnDelete !== true ? { finalizers: [resourcesFinalizer] } : {};
  application(scope, `application-${unit.name}`, {
    metadata: { name: unit.name, namespace: argocdNamespace, annotations, ...finalizers },
    spec: {
      project: unit.project,
      source: sourceOf(unit, facts, policy),
      destination: { server: inCluster, namespace: unit.namespace },
      syncPolicy: syncPolicy(policy[unit.tier], !keeps),
      ...(ignored.length === 0 ? {} : { ignoreDifferences: ignored }),
    },
  });
}

/** Repository that Argo CD reads the unit from. */
export function repositoryOf(unit: Unit, facts: GitOpsFacts): string {
  return unit.source.kind === 'rendered' ? facts.repositories[unit.tier] : unit.source.repoURL;
}

/** Folder of a unit, or of a root, in the repository. */
export function folderOf(facts: GitOpsFacts, name: string): string {
  return `dist/${facts.cluster}/${name}`;
}

function sourceOf(unit: Unit, facts: GitOpsFacts, policy: GitOpsPolicy): NonNullable<ApplicationSpec['source']> {
  const { source } = unit;
  const repoURL = repositoryOf(unit, facts);
  switch (source.kind) {
    case 'rendered':
      return { repoURL, path: folderOf(facts, unit.name), targetRevision: policy.branch };
    case 'git':
      return { repoURL, path: source.path, targetRevision: source.tag };
    case 'chart': {
      const { chart, version, valuesObject, skipCrds } = source;
      const helm = {
        releaseName: source.releaseName ?? unit.name,
        ...(valuesObject === undefined ? {} : { valuesObject }),
        ...(skipCrds === true ? { skipCrds } : {}),
      };
      return { repoURL, chart, targetRevision: version, helm };
    }
  }
}
