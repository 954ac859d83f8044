import type { Judge } from '../../checks/reachability/judge';
import { PROXY_PORT } from '../../checks/reachability/linkerd';
import type { Direction, Rule } from '../../checks/reachability/network-policy';
import { portsAt } from '../../checks/reachability/network-policy';
import type { ReachPods } from '../../checks/reachability/pods';
import { type PortSet, portSet } from '../../checks/reachability/port-set';
import { overlaps, union } from '../../checks/reachability/spans';
import { describe, type SourcedObject } from '../../synth/object';
import type { Connection, MapEnd } from './connections';
import type { MapEdge } from './model';
import { compareText } from './ports';

/** The policies that let a connection through, as messages name objects. None on a side that no policy isolates. */
export function policiesBehind({ from, to, ranges }: Connection, judge: Judge): MapEdge['policies'] {
  const ports = union(...ranges.map(portSet));
  const [caller, callee] = [podsOf(from), podsOf(to)];
  return {
    egress: caller === undefined ? [] : names(rules(caller, 'egress', to, ports, judge).map(({ policy }) => policy)),
    ingress:
      callee === undefined
        ? []
        : [
            ...names(rules(callee, 'ingress', from, ports, judge).map(({ policy }) => policy)),
            ...(caller === undefined ? [] : names(authorizations(caller, callee, ports, judge))),
          ],
  };
}

function podsOf(end: MapEnd): ReachPods | undefined {
  return 'pods' in end ? end.pods : undefined;
}

/** Rules of the policies of some pods that let them talk with the other end. */
function rules(pods: ReachPods, direction: Direction, other: MapEnd, ports: PortSet, judge: Judge): readonly Rule[] {
  const callee = direction === 'ingress' ? pods : podsOf(other);
  // Meshed pods talk through the proxy's port, whatever the port of the callee.
  const meshed = pods.meshed && podsOf(other)?.meshed === true;
  const wanted = meshed ? union(ports, PROXY_PORT) : ports;
  return (judge.policies.isolation(pods, direction)?.rules ?? []).filter((rule) => {
    const open = callee === undefined ? rule.ports : portsAt(rule, callee);
    return overlaps(open, wanted) && rule.peers.some((peer) => isPeer(peer, other));
  });
}

function isPeer(peer: Rule['peers'][number], other: MapEnd): boolean {
  if ('pods' in other) return peer.everyPod || peer.pods.includes(other.pods);
  if ('addresses' in other) return overlaps(peer.addresses, other.addresses.set);
  return peer.everyPod;
}

/** Linkerd's authorizations that let a caller in. */
function authorizations(caller: ReachPods, callee: ReachPods, ports: PortSet, judge: Judge): readonly SourcedObject[] {
  const grants = judge.inbound(callee)?.grants ?? [];
  return grants.flatMap((grant) =>
    grant.by !== undefined &&
    overlaps(
      judge.mesh(caller, callee, (other) => other === grant),
      ports,
    )
      ? [grant.by]
      : [],
  );
}

function names(objects: readonly SourcedObject[]): readonly string[] {
  return [...new Set(objects.map(({ object }) => describe(object)))].sort(compareText);
}
