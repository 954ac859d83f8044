import type { AppProjectSpec } from './argo-cd';
import type { GitOpsPolicy, SyncWindow } from './policy';
import type { Tier } from './unit';

type WindowSpec = NonNullable<AppProjectSpec['syncWindows']>[number];

/** Opens every minute for an hour, so that no moment lies between two openings; holds back people, too. */
const freezeWindow: SyncWindow = { kind: 'deny', schedule: '* * * * *', duration: '1h', manualSync: false };

/**
 * Sync windows of a project. Times for syncs hold for products: what the cluster needs heals itself at any time. A freeze is a deny window for all,
 * and a deny window wins over every allow window.
 */
export function syncWindows(policy: GitOpsPolicy, tier: Tier): readonly WindowSpec[] {
  const windows = [...(tier === 'workloads' ? (policy.syncWindows ?? []) : []), ...(policy.freeze === true ? [freezeWindow] : [])];
  return windows.map((window) => ({ ...window, timeZone: window.timeZone ?? 'UTC', applications: ['*'] }));
}
