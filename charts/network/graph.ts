import { edgeProblems } from './check-edges';
import type { Edge } from './edge';
import { idOf, type PodParty } from './party';
import { foreignParties, type Place, podNetworks } from './well-known';

/** What a component, or all workloads together, add to the graph. */
export interface NetworkPart {
  /** Its pods. */
  readonly parties: readonly PodParty[];
  /** Everything that its pods call, and who calls them beside workloads. */
  readonly edges: readonly Edge[];
}

/** Who may connect to what in a cluster; computed once, read by every chart, by the checks and by the map. */
export interface Graph extends NetworkPart {
  /** Ranges from which pods get their addresses. */
  readonly podNetworks: readonly string[];
}

/**
 * The graph of a cluster. Pods that others run in every cluster (its DNS, Linkerd's control plane) belong to it, unless a part brings
 * them itself.
 * @throws with all contradictions of the edges
 */
export function graphOf(cluster: Place, parts: readonly NetworkPart[]): Graph {
  const own = parts.flatMap(({ parties }) => parties);
  const ids = own.map(idOf);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined)
    throw new Error(`${twice}: two parties have this name, which is that of their NetworkPolicy. Name one otherwise.`);
  const parties = [...own, ...foreignParties(cluster).filter((party) => !ids.includes(idOf(party)))];
  const edges = parts.flatMap((part) => part.edges);
  const networks = podNetworks(cluster);
  const problems = edgeProblems(edges, parties, networks);
  if (problems.length > 0) throw new Error(problems.join('\n\n'));
  return { parties, edges, podNetworks: networks };
}
