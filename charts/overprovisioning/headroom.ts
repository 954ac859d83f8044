/** Room that is kept free on a node group. */
export interface Headroom {
  /** Node group on which the room is held. */
  readonly nodeGroup: string;
  /** How many pods hold it; each goes as a whole. */
  readonly pods: number;
  /** What each of them holds, as Kubernetes quantities. */
  readonly resources: { readonly cpu: string; readonly memory: string };
}

/**
 * Refuses rooms that are none, and two for one node group.
 * @param where - file of the choice, for errors
 * @throws naming the first
 */
export function checkHeadroom(headroom: readonly Headroom[], where: string): void {
  const [first] = headroom;
  if (first === undefined) throw new Error(`${where}: overprovisioning: no headroom. Name a node group, or leave the component out.`);
  headroom.forEach(({ nodeGroup, pods }, index) => {
    if (!Number.isInteger(pods) || pods < 1) {
      throw new Error(`${where}: overprovisioning: ${pods} pods on "${nodeGroup}"; expected a whole number from 1.`);
    }
    if (headroom.findIndex((other) => other.nodeGroup === nodeGroup) !== index) {
      throw new Error(`${where}: overprovisioning: node group "${nodeGroup}" is named twice. Put the two together.`);
    }
  });
}
