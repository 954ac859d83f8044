import { App } from 'cdk8s';
import type { Cluster } from '../charts/cluster';
import { type GitOpsPolicy, gitops, type TierPolicy, type Unit } from '../charts/gitops';
import { collect, NamedChart } from '../synth/collect';
import type { SourcedObject } from '../synth/object';

/** Applications, projects and roots of a cluster. */
export interface GitOpsObjects {
  /** Objects of the two root folders, `platform` and `workloads`. */
  readonly roots: readonly SourcedObject[];
  /** Documents of the bootstrap file, in the order in which they are applied. */
  readonly bootstrap: readonly SourcedObject[];
}

/** Derives everything that Argo CD needs from the units of a cluster. */
export function gitopsObjects(cluster: Cluster, units: readonly Unit[]): GitOpsObjects {
  const app = new App();
  const charts = {
    platform: new NamedChart(app, 'platform'),
    workloads: new NamedChart(app, 'workloads'),
    bootstrap: new NamedChart(app, 'bootstrap'),
  };
  const { admin, developer, readOnly } = cluster.aws.data.groups;
  gitops(charts, {
    facts: {
      cluster: cluster.name,
      repositories: cluster.repositories,
      groups: { admin, developer, readOnly },
    },
    policy: policyOf(cluster),
    units,
    existing: cluster.existing,
  });
  return {
    roots: [...collect(charts.platform, 'platform'), ...collect(charts.workloads, 'workloads')],
    // Applied by hand: no Application carries these.
    bootstrap: collect(charts.bootstrap),
  };
}

function policyOf({ environment, gitops: choices }: Cluster): GitOpsPolicy {
  const { sync, branch, access } = environment;
  const tier = (mode: 'automatic' | 'manual', prune: boolean): TierPolicy =>
    mode === 'manual' ? { sync: 'manual' } : { sync: 'automatic', prune, selfHeal: sync.selfHeal };
  return {
    branch,
    platform: tier(sync.platform, sync.prune),
    workloads: tier(sync.workloads, sync.prune && choices.pruneWorkloads),
    pruneConfirm: sync.confirmPrune,
    finalizer: sync.cascadeDelete,
    developers: access.developer === 'edit' ? 'sync' : 'read',
    syncWindows: choices.syncWindows,
    freeze: choices.freeze,
  };
}
