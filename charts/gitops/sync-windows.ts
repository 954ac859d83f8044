import type { AppProjectSpec } from './argo-cd';
import type { GitOpsPolicy, SyncWindow } from './policy';

type WindowSpec = NonNullable<AppProjectSpec['syncWindows']>[number];

/** Opens every minute for an hour, so that no moment lies between two openings; holds back people, too. */
const freezeWindow: SyncWindow = { kind: 'deny', schedule: '* * * * *', duration: '1h', manualSync: false };

/** Sync windows of a project; a freeze is a deny window beside them, and a deny window wins over every allow window. */
export function syncWindows(policy: GitOpsPolicy): readonly WindowSpec[] {
  const windows = [...(policy.syncWindows ?? []), ...(policy.freeze === true ? [freezeWindow] : [])];
  return windows.map((window) => ({ ...window, timeZone: window.timeZone ?? 'UTC', applications: ['*'] }));
}
