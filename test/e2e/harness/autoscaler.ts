import type { NodeGroup } from '../../../checks/facts';
import { admit } from '../../../checks/placement/admission';
import { condition, type LivePod } from './live-pod';
import type { Nodes } from './nodes';

/** Stands for the cluster autoscaler. */
export interface Autoscaler {
  /** Looks at a pod; called whenever one changes. */
  see(pod: LivePod): void;
  /** Whether a node was on its way when a pod found none. */
  isAnswered(uid: string): boolean;
  stop(): void;
}

/** A group grows by one node at a time; the scheduler has this long to use it. */
const PAUSE_MS = 2_500;

/**
 * Adds nodes to the first group below its maximum that a pod may run on, as long as one is unschedulable. Only the scheduler says
 * whether that helps.
 * @param pods those that are there now
 */
export function autoscaler(nodes: Nodes, groups: readonly NodeGroup[], pods: () => readonly LivePod[]): Autoscaler {
  const answered = new Set<string>();
  const grown = new Map<NodeGroup, number>();

  const see = (pod: LivePod): void => {
    const scheduled = condition(pod, 'PodScheduled');
    if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable' || pod.metadata.deletionTimestamp !== undefined) return;
    const group = groups.find((each) => nodes.count(each) < each.size.max && admit(pod.spec, each).refusal === undefined);
    if (group === undefined) return;
    answered.add(pod.metadata.uid);
    if (Date.now() - (grown.get(group) ?? 0) < PAUSE_MS) return;
    grown.set(group, Date.now());
    void nodes.add(group).catch(() => {});
  };
  const timer = setInterval(() => pods().forEach(see), 500);
  return { see, isAnswered: (uid) => answered.has(uid), stop: () => clearInterval(timer) };
}
