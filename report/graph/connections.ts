import { blocksSet } from '../../checks/reachability/address-set';
import type { PodPort, PortRange, ReachedEdge, ReachedEnd } from '../../checks/reachability/model';
import type { ReachPods } from '../../checks/reachability/pods';
import type { NameAddresses, NamedAddresses } from './addresses';
import { compareText } from './ports';

/** One end of connections, as the map has it. */
export type MapEnd =
  | { readonly id: string; readonly pods: ReachPods }
  | { readonly id: string; readonly addresses: NamedAddresses }
  /** Stands between many callers and many callees of whom each may call each. */
  | { readonly id: string; readonly callers: number; readonly callees: number; readonly ports: readonly PodPort[] };

/** All that is open from one end to another. */
export interface Connection {
  readonly from: MapEnd;
  readonly to: MapEnd;
  readonly ranges: readonly PortRange[];
}

/** Up to so many pairs are drawn one by one. */
const FEW_PAIRS = 12;

/**
 * What is open, by pairs of ends. Addresses get the names that they have somewhere, and a relation of each of many pods to each of many
 * others becomes a hub between them. What has no rendered pod at either end is left out.
 */
export function connectionsOf(
  edges: readonly ReachedEdge[],
  pods: readonly ReachPods[],
  nameAddresses: NameAddresses,
): readonly Connection[] {
  const byId = new Map(pods.map((group) => [group.id, group]));
  const found = new Map<string, { from: MapEnd; to: MapEnd; ranges: PortRange[] }>();
  const add = (from: MapEnd, to: MapEnd, { protocol, first, last }: PortRange) => {
    if (!isRendered(from) && !isRendered(to)) return;
    const key = `${from.id}\n${to.id}`;
    const entry = found.get(key) ?? { from, to, ranges: [] };
    entry.ranges.push({ protocol, first, last });
    found.set(key, entry);
  };
  const podEnd = (id: string): readonly MapEnd[] => {
    const group = byId.get(id);
    return group === undefined ? [] : [{ id, pods: group }];
  };
  const endsOf = (end: ReachedEnd): readonly MapEnd[] => {
    if ('pods' in end) return podEnd(end.pods);
    if ('each' in end) return end.each.filter((id) => !(end.except ?? []).includes(id)).flatMap(podEnd);
    return nameAddresses(blocksSet(end.addresses.blocks)).map((addresses) => ({ id: addresses.id, addresses }));
  };
  for (const edge of edges) {
    const [callers, callees] = [endsOf(edge.from), endsOf(edge.to)];
    if (!('each' in edge.from || 'each' in edge.to) || callers.length * callees.length <= FEW_PAIRS) {
      for (const from of callers) for (const to of callees) add(from, to, edge);
      continue;
    }
    const hub: MapEnd = { id: hubId(callers, callees), callers: callers.length, callees: callees.length, ports: [] };
    for (const from of callers) add(from, hub, edge);
    for (const to of callees) add(hub, to, edge);
  }
  return [...found.values()].sort((a, b) => compareText(a.from.id, b.from.id) || compareText(a.to.id, b.to.id));
}

function isRendered(end: MapEnd): boolean {
  return 'pods' in end && end.pods.subject !== undefined;
}

/** The same for the same callers and callees. */
function hubId(callers: readonly MapEnd[], callees: readonly MapEnd[]): string {
  const list = (ends: readonly MapEnd[]) => ends.map(({ id }) => id).join(', ');
  return `each of ${list(callers)} to each of ${list(callees)}`;
}
