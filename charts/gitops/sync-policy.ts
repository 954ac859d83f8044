import type { SyncPolicySpec } from './argo-cd';
import type { TierPolicy } from './policy';

/**
 * On every Application. `CreateNamespace` never labels a namespace, so Namespace objects are rendered all the same and come earlier;
 * without `RespectIgnoreDifferences` a sync would write over the fields that `ignoreDifferences` names.
 */
const syncOptions = ['CreateNamespace=true', 'RespectIgnoreDifferences=true', 'ServerSideApply=true'];

/** About forty minutes in all: enough for a first install, where an Application fails until what it needs has come up. */
const retry = { limit: 10, backoff: { duration: '30s', factor: 2, maxDuration: '5m' } };

/**
 * `spec.syncPolicy` of an Application.
 * @param mayPrune false for sources whose objects must outlive their removal from git, whatever the policy says
 */
export function syncPolicy(policy: TierPolicy, mayPrune = true): SyncPolicySpec {
  const common = { retry, syncOptions };
  if (policy.sync === 'manual') return common;
  return { automated: { prune: policy.prune && mayPrune, selfHeal: policy.selfHeal }, ...common };
}
