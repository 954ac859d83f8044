import type { NodeGroup as NodeGroupFacts } from '../checks/facts';

/** A group of like nodes. The nodes are made elsewhere; these are the facts that scheduling depends on. */
export interface NodeGroup extends NodeGroupFacts {
  /** Instance types, for the reader; `allocatable` is that of the smallest. */
  readonly instanceTypes: readonly string[];
}

/** A node group by name. @throws with the names that there are */
export function nodeGroup(groups: readonly NodeGroup[], name: string, where: string): NodeGroup {
  const group = groups.find((candidate) => candidate.name === name);
  if (group === undefined) {
    throw new Error(
      `${where}: no node group "${name}" in this cluster; there are ${groups.map((g) => `"${g.name}"`).join(', ')}. Name one of these, or add the group to the cluster's cluster.ts.`,
    );
  }
  return group;
}
