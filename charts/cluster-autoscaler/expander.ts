import type { NodeGroup } from '../node-group';

/** ConfigMap that the priority expander reads, in the autoscaler's namespace; upstream gives the name. */
export const EXPANDER_CONFIG = 'cluster-autoscaler-priority-expander';

type Group = Pick<NodeGroup, 'name' | 'spot'>;

/**
 * Regular expression (Go's) that the names of a node group's Auto Scaling groups match: the group's own name, whatever stands before it
 * (`eks-`, the cluster), and behind it only what EKS and Terraform add (`-20240102…`, `-<uuid>`).
 */
export const scalingGroupPattern = (name: string): string => `^(.+-)?${name.replaceAll('.', '\\.')}(-[0-9a-f]{4,})*$`;

/**
 * Which expanders choose among node groups that all would do: spot groups first, as they are cheaper; then the one that is filled best.
 * Without spot groups, or with nothing else, there is nothing to prefer.
 */
export const expanders = (groups: readonly Group[]): string => (prefersSpot(groups) ? 'priority,least-waste' : 'least-waste');

/** Whether there are spot groups, and others that they come before. */
export const prefersSpot = (groups: readonly Group[]): boolean => groups.some(({ spot }) => spot) && groups.some(({ spot }) => !spot);

/**
 * The priority expander's rules, as YAML. A group that no rule matches would never be used, hence the last one.
 * @param where - of the node groups, for errors
 * @throws when the pattern of a spot group matches the name of another group
 */
export function expanderPriorities(groups: readonly Group[], where: string): string {
  const spot = groups.filter((group) => group.spot).map(({ name }) => name);
  for (const name of spot) {
    const taken = groups.find((group) => !group.spot && new RegExp(scalingGroupPattern(name)).test(group.name));
    if (taken === undefined) continue;
    throw new Error(
      `${where}: nodeGroups: Auto Scaling groups of "${taken.name}" would be taken for those of the spot group "${name}", as its name ends alike. Name one of the two otherwise.`,
    );
  }
  const rules = [...spot].sort().map((name) => `  - '${scalingGroupPattern(name)}'\n`);
  return `50:\n${rules.join('')}10:\n  - '.*'\n`;
}
