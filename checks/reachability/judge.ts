import type { SourcedObject } from '../../synth/object';
import type { ClusterFacts } from '../facts';
import { labelIndex } from '../label-index';
import { type Grant, type InboundPolicy, linkerdPolicies, META_PORTS, PROXY_PORT, skippedOutbound } from './linkerd';
import { identityOf, includesAddressOf, includesIdentity } from './linkerd-clients';
import { type NetworkPolicies, networkPolicies } from './network-policy';
import { type ReachPods, reachPods } from './pods';
import { NO_PORTS, OTHER_PORTS, type PortSet } from './port-set';
import { type Region, region, regionIntersection } from './region';
import { type Side, sidesOf } from './sides';
import { difference, intersection, overlaps, union } from './spans';

/** What is known beside the objects. */
export type ReachFacts = Partial<Pick<ClusterFacts, 'foreignPods' | 'podNetworks'>>;

/** Ports that are open, by who opens them. */
export interface Opened {
  /** NetworkPolicy alone. */
  readonly network: PortSet;
  /** NetworkPolicy and Linkerd. */
  readonly mesh: PortSet;
}

/** The layers of one cluster, asked for single connections. */
export interface Judge {
  readonly pods: readonly ReachPods[];
  readonly policies: NetworkPolicies;
  /** Pods by their id. */
  find(id: string): ReachPods | undefined;
  side(pods: ReachPods, direction: 'ingress' | 'egress'): Side;
  /** `undefined` for pods that are not meshed. */
  inbound(pods: ReachPods): InboundPolicy | undefined;
  /** Whether a policy among the objects, or a pod of theirs, is concerned; two foreign pods without policies are none of this project's. */
  judged(from: ReachPods, to: ReachPods): boolean;
  /** What NetworkPolicies open. */
  network(from: ReachPods, to: ReachPods): PortSet;
  /** What Linkerd opens, whatever NetworkPolicies say. */
  mesh(from: ReachPods, to: ReachPods, which?: (grant: Grant) => boolean): PortSet;
  /** What both open together. */
  opened(from: ReachPods, to: ReachPods): Opened;
  /** As `opened`, for ports that NetworkPolicies open and grants that hold. */
  combined(network: PortSet, from: ReachPods, to: ReachPods, which?: (grant: Grant) => boolean): Opened;
  /** Ports of some pods by the address of the client. */
  openedToAddresses(to: ReachPods): { readonly network: Region; readonly mesh: Region };
}

/** Looks everything up once. */
export function judge(objects: readonly SourcedObject[], { foreignPods, podNetworks }: ReachFacts = {}): Judge {
  const pods = reachPods(objects, foreignPods, podNetworks);
  const policies = networkPolicies(objects, pods);
  const sides = sidesOf(pods, policies);
  const byId = new Map(pods.map((group) => [group.id, group]));
  const inboundOf = linkerdPolicies(
    objects,
    labelIndex(pods, ({ namespace, labels }) => ({ namespace, labels })),
  );
  const side: Judge['side'] = (group, direction) => {
    const found = sides[direction].get(group);
    if (found === undefined) throw new Error(`${group.id} is not among the pods that were read`);
    return found;
  };
  const inbound: Judge['inbound'] = (group) => (group.meshed ? inboundOf(group) : undefined);
  const network: Judge['network'] = (from, to) => {
    const out = side(from, 'egress');
    const into = side(to, 'ingress');
    const [left, right] = [out.narrow.get(to), into.narrow.get(from)];
    return intersection(left === undefined ? out.wide : union(out.wide, left), right === undefined ? into.wide : union(into.wide, right));
  };
  const mesh: Judge['mesh'] = (from, to, which = () => true) => granted(inbound(to)?.grants.filter(which) ?? [], from, from.meshed);
  const combined: Judge['combined'] = (open, from, to, which = () => true) => {
    const policy = inbound(to);
    if (policy === undefined) return { network: open, mesh: NO_PORTS };
    const beside = union(policy.skipped, OTHER_PORTS);
    const inMesh = (ports: PortSet) => difference(ports, union(beside, PROXY_PORT));
    const grants = policy.grants.filter(which);
    if (!from.meshed) return { network: intersection(open, beside), mesh: intersection(inMesh(open), granted(grants, from, false)) };
    // The proxies talk on one port for all, except to each other's own ports and where the caller's is bypassed.
    const authenticated = granted(grants, from, true);
    const bypassed = difference(skippedOutbound(from), META_PORTS);
    const tunnelled = overlaps(open, PROXY_PORT) ? difference(inMesh(authenticated), union(META_PORTS, bypassed)) : NO_PORTS;
    const meta = intersection(intersection(open, META_PORTS), authenticated);
    const plain = intersection(intersection(inMesh(open), bypassed), granted(grants, from, false));
    return { network: intersection(open, beside), mesh: union(tunnelled, meta, plain) };
  };
  return {
    pods,
    policies,
    find: (id) => byId.get(id),
    side,
    inbound,
    judged: (from, to) =>
      from.subject !== undefined || to.subject !== undefined || side(from, 'egress').isolated || side(to, 'ingress').isolated,
    network,
    mesh,
    opened: (from, to) => combined(network(from, to), from, to),
    combined,
    openedToAddresses: (to) => {
      const open = side(to, 'ingress').region;
      const policy = inbound(to);
      if (policy === undefined) return { network: open, mesh: [] };
      const beside = union(policy.skipped, OTHER_PORTS);
      return {
        network: region(open.map(({ addresses, ports }) => ({ addresses, ports: intersection(ports, beside) }))),
        mesh: regionIntersection(
          region(open.map(({ addresses, ports }) => ({ addresses, ports: difference(ports, union(beside, PROXY_PORT)) }))),
          region(
            policy.grants
              .filter(({ clients }) => clients.identities === 'all')
              .map(({ ports, clients }) => ({ ports, addresses: clients.networks })),
          ),
        ),
      };
    },
  };
}

/** Ports that grants open to some pods, with their identity or without. */
function granted(grants: readonly Grant[], from: ReachPods, authenticated: boolean): PortSet {
  const identity = identityOf(from);
  const open = grants.filter(({ clients }) => {
    if (!includesAddressOf(clients, from)) return false;
    return authenticated ? includesIdentity(clients, identity) : clients.identities === 'all';
  });
  return open.length === 0 ? NO_PORTS : union(...open.map(({ ports }) => ports));
}
