import { ALL_ADDRESSES } from './address-set';
import { addressesOf, type Direction, type NetworkPolicies, portsAt, type Rule } from './network-policy';
import type { ReachPods } from './pods';
import { ALL_PORTS, NO_PORTS, type PortSet } from './port-set';
import { type Region, region } from './region';
import { union } from './spans';

/** What NetworkPolicies open for some pods in one direction. Ports are those of the callee. */
export interface Side {
  /** Whether some policy selects the pods in this direction. */
  readonly isolated: boolean;
  /** Open to, or from, every pod. */
  readonly wide: PortSet;
  /** What single pods have beside that. */
  readonly narrow: ReadonlyMap<ReachPods, PortSet>;
  readonly region: Region;
}

const OPEN: Side = { isolated: false, wide: ALL_PORTS, narrow: new Map(), region: [{ addresses: ALL_ADDRESSES, ports: ALL_PORTS }] };

/** Both sides of all pods. */
export function sidesOf(pods: readonly ReachPods[], policies: NetworkPolicies): Record<Direction, ReadonlyMap<ReachPods, Side>> {
  const byPort = new Map<string, ReachPods[]>();
  for (const group of pods) {
    for (const { name, protocol } of group.ports) {
      if (name === undefined) continue;
      const key = `${protocol}/${name}`;
      const list = byPort.get(key);
      if (list === undefined) byPort.set(key, [group]);
      else list.push(group);
    }
  }
  const having = ({ named }: Rule) => new Set(named.flatMap(({ name, protocol }) => byPort.get(`${protocol}/${name}`) ?? []));
  const side = (group: ReachPods, direction: Direction): Side => {
    const rules = policies.isolation(group, direction)?.rules;
    if (rules === undefined) return OPEN;
    // The callee knows which port has a name: the pods themselves, or each of the peers; an address has no names.
    const own = (rule: Rule) => (direction === 'ingress' ? portsAt(rule, group) : rule.ports);
    const wide: PortSet[] = [];
    const narrow = new Map<ReachPods, PortSet>();
    const add = (peer: ReachPods, ports: PortSet) => {
      if (ports.length > 0) narrow.set(peer, union(narrow.get(peer) ?? NO_PORTS, ports));
    };
    for (const rule of rules) {
      for (const { everyPod, pods: peers } of rule.peers) {
        if (everyPod) wide.push(own(rule));
        const single = everyPod ? (direction === 'ingress' ? [] : having(rule)) : peers;
        for (const peer of single) add(peer, direction === 'ingress' ? own(rule) : portsAt(rule, peer));
      }
    }
    return {
      isolated: true,
      wide: wide.length === 0 ? NO_PORTS : union(...wide),
      narrow,
      region: region(rules.map((rule) => ({ addresses: addressesOf(rule), ports: own(rule) }))),
    };
  };
  const all = (direction: Direction) => new Map(pods.map((group) => [group, side(group, direction)]));
  return { ingress: all('ingress'), egress: all('egress') };
}
