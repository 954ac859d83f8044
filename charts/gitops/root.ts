import type { Construct } from 'constructs';
import { application } from '../../imports/argo-cd';
import { folderOf, serverSideDiff } from './application';
import { argocdNamespace, inCluster } from './argo-cd';
import type { GitOpsFacts, GitOpsPolicy } from './policy';
import { syncPolicy } from './sync-policy';
import type { Tier } from './unit';

/** Project of the two roots. */
export const bootstrapProjectName = 'bootstrap';

/**
 * Adds the root of a tier: the Application whose folder holds the tier's Applications. Always automatic: what a manual environment
 * holds back is the sync of the Applications below. Without finalizer: deleting a root leaves them alone.
 */
export function rootApplication(scope: Construct, tier: Tier, facts: GitOpsFacts, policy: GitOpsPolicy): void {
  application(scope, `application-${tier}`, {
    metadata: { name: tier, namespace: argocdNamespace, annotations: serverSideDiff },
    spec: {
      project: bootstrapProjectName,
      source: { repoURL: facts.repositories[tier], path: folderOf(facts, tier), targetRevision: policy.branch },
      destination: { server: inCluster, namespace: argocdNamespace },
      syncPolicy: syncPolicy({ sync: 'automatic', prune: true, selfHeal: true }),
    },
  });
}
