import type { Rule } from '../native/rbac';

/** Kinds that kube-state-metrics can tell of and that we ask for, with their API group. Secrets and ConfigMaps are not among them: the right to list is the right to read. */
const GROUPS = {
  cronjobs: 'batch',
  daemonsets: 'apps',
  deployments: 'apps',
  horizontalpodautoscalers: 'autoscaling',
  jobs: 'batch',
  namespaces: '',
  nodes: '',
  persistentvolumeclaims: '',
  persistentvolumes: '',
  poddisruptionbudgets: 'policy',
  pods: '',
  replicasets: 'apps',
  resourcequotas: '',
  statefulsets: 'apps',
} as const;

/** Name of a collector, which is that of the kind it lists. */
export type Collector = keyof typeof GROUPS;

/** What rules and dashboards of ours read. */
export const COLLECTORS = Object.keys(GROUPS) as readonly Collector[];

/** The rights that the collectors need, and no other: one rule for each API group. */
export function collectorRules(collectors: readonly Collector[]): readonly Rule[] {
  const groups = [...new Set(collectors.map((collector) => GROUPS[collector]))].sort();
  return groups.map((group) => ({
    apiGroups: [group],
    resources: collectors.filter((collector) => GROUPS[collector] === group).sort(),
    verbs: ['list', 'watch'],
    why: 'Tells Prometheus of them.',
  }));
}
