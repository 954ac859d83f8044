import type { SourcedObject } from '../../synth/object';
import { type AddressSet, addressesNamer } from './address-set';
import { type Judge, judge, type Opened, type ReachFacts } from './judge';
import { skippedOutbound } from './linkerd';
import { identityOf, includesIdentity } from './linkerd-clients';
import type { Addresses, ReachedEdge, ReachedEnd } from './model';
import type { ReachPods } from './pods';
import { type PortSet, rangesOf } from './port-set';
import type { Region } from './region';
import { difference, intersection, keyOf } from './spans';

/** Every connection that is open in a cluster. */
export interface Reach {
  readonly judge: Judge;
  /** No two of them have a connection in common. Sorted: pods by pods, then addresses. */
  readonly edges: readonly ReachedEdge[];
}

/** Pods that nothing distinguishes for those that are open to everybody. */
interface Class {
  readonly members: ReachPods[];
  /** As an end of edges; one object for all of them. */
  end?: ReachedEnd;
  readonly wide: PortSet;
}

/**
 * Computes what is open over plain objects, of this project or others: between pods, from addresses to pods and from pods to addresses.
 * NetworkPolicy is read as the Kubernetes documentation does, Linkerd's inbound policy as its policy controller does. Between two meshed pods
 * a port is open when NetworkPolicies admit TCP 4143 and Linkerd admits the port for the caller's identity; for a meshed callee and an
 * unmeshed caller, when both admit the port itself; else when NetworkPolicies admit the port.
 */
export function reach(objects: readonly SourcedObject[], facts: ReachFacts = {}): Reach {
  const made = judge(objects, facts);
  return { judge: made, edges: [...podEdges(made), ...addressEdges(made)] };
}

function podEdges(made: Judge): readonly ReachedEdge[] {
  const classes = classPairs(made);
  const edges: ReachedEdge[] = [];
  const isOpenToAll = ({ clients }: { readonly clients: { readonly identities: unknown } }) => typeof clients.identities === 'string';
  const ofClasses = new Map<string, Opened>();
  for (const [i, from] of classes.callers.entries()) {
    for (const [j, to] of classes.callees.entries()) {
      const [caller, callee] = [from.members[0], to.members[0]];
      const ports = intersection(from.wide, to.wide);
      if (ports.length === 0 || caller === undefined || callee === undefined || !made.judged(caller, callee)) continue;
      const opened = made.combined(ports, caller, callee, isOpenToAll);
      ofClasses.set(`${i} ${j}`, opened);
      edges.push(...edgesOf(endOf(from), endOf(to), opened));
    }
  }
  for (const [from, callees] of candidates(made)) {
    for (const to of callees) {
      if (!made.judged(from, to)) continue;
      const known = ofClasses.get(`${classes.callerClass.get(from)} ${classes.calleeClass.get(to)}`);
      const opened = made.opened(from, to);
      const beyond =
        known === undefined ? opened : { network: difference(opened.network, known.network), mesh: difference(opened.mesh, known.mesh) };
      edges.push(...edgesOf({ pods: from.id }, { pods: to.id }, beyond));
    }
  }
  return edges;
}

/**
 * Callers that may call every pod, and callees that every pod may call, in classes: in a cluster without policies all pods are of one.
 * What is said of one pair of members holds for all pairs.
 */
function classPairs(made: Judge) {
  const numbers = new Map<unknown, number>();
  const number = (value: unknown) => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  };
  const classify = (direction: 'ingress' | 'egress', distinct: (pods: ReachPods) => string) => {
    const found = new Map<string, Class>();
    const classOf = new Map<ReachPods, number>();
    for (const pods of made.pods) {
      const { wide, isolated } = made.side(pods, direction);
      if (wide.length === 0) continue;
      const key = `${keyOf(wide)}|${isolated || pods.subject !== undefined}|${distinct(pods)}`;
      const entry = found.get(key) ?? { members: [], wide };
      found.set(key, entry);
      entry.members.push(pods);
    }
    const list = [...found.values()];
    for (const [i, { members }] of list.entries()) for (const pods of members) classOf.set(pods, i);
    return { list, classOf };
  };
  const callers = classify(
    'egress',
    (pods) => `${number(pods.addresses)}|${pods.meshed ? keyOf(skippedOutbound(pods)) : ''}|${pods.meshed}`,
  );
  const callees = classify('ingress', (pods) => {
    const policy = made.inbound(pods);
    if (policy === undefined) return '';
    const open = policy.grants.filter(({ clients }) => typeof clients.identities === 'string');
    const grants = open.map(({ ports, clients }) => `${keyOf(ports)} ${clients.identities} ${keyOf(clients.networks)}`).sort();
    return `${keyOf(policy.skipped)}|${grants.join('|')}`;
  });
  return { callers: callers.list, callees: callees.list, callerClass: callers.classOf, calleeClass: callees.classOf };
}

/** Pairs of pods about which some rule or authorization says more than it says about all pods. */
function candidates(made: Judge): ReadonlyMap<ReachPods, ReadonlySet<ReachPods>> {
  const found = new Map<ReachPods, Set<ReachPods>>(made.pods.map((pods) => [pods, new Set()]));
  const byIdentity = new Map<string, ReachPods[]>();
  for (const pods of made.pods) {
    if (!pods.meshed) continue;
    const list = byIdentity.get(identityOf(pods));
    if (list === undefined) byIdentity.set(identityOf(pods), [pods]);
    else list.push(pods);
  }
  const holders = (clients: Parameters<typeof includesIdentity>[0]): readonly ReachPods[] => {
    if (typeof clients.identities === 'string') return [];
    if (clients.identities.every((one) => 'exact' in one))
      return clients.identities.flatMap((one) => ('exact' in one ? (byIdentity.get(one.exact) ?? []) : []));
    return [...byIdentity].flatMap(([identity, pods]) => (includesIdentity(clients, identity) ? pods : []));
  };
  for (const pods of made.pods) {
    for (const callee of made.side(pods, 'egress').narrow.keys()) found.get(pods)?.add(callee);
    for (const caller of made.side(pods, 'ingress').narrow.keys()) found.get(caller)?.add(pods);
    for (const { clients } of made.inbound(pods)?.grants ?? []) for (const caller of holders(clients)) found.get(caller)?.add(pods);
  }
  return found;
}

function addressEdges(made: Judge): readonly ReachedEdge[] {
  const named = addressesNamer();
  return made.pods.flatMap((pods) => {
    const ours = (direction: 'ingress' | 'egress') => pods.subject !== undefined || made.side(pods, direction).isolated;
    const end = { pods: pods.id };
    const into = ours('ingress') ? made.openedToAddresses(pods) : { network: [], mesh: [] };
    return [
      ...regionEdges(into.network, named, 'network', (from) => ({ from, to: end })),
      ...regionEdges(into.mesh, named, 'network and mesh', (from) => ({ from, to: end })),
      ...(ours('egress') ? regionEdges(made.side(pods, 'egress').region, named, 'network', (to) => ({ from: end, to })) : []),
    ];
  });
}

function regionEdges(
  open: Region,
  named: (set: AddressSet) => Addresses,
  layers: ReachedEdge['layers'],
  ends: (addresses: { readonly addresses: Addresses }) => Pick<ReachedEdge, 'from' | 'to'>,
): readonly ReachedEdge[] {
  return open.flatMap(({ addresses, ports }) => {
    const end = { addresses: named(addresses) };
    return rangesOf(ports).map((range) => ({ ...ends(end), ...range, layers }));
  });
}

function edgesOf(from: ReachedEnd, to: ReachedEnd, { network, mesh }: Opened): readonly ReachedEdge[] {
  return [
    ...rangesOf(network).map((range) => ({ from, to, ...range, layers: 'network' as const })),
    ...rangesOf(mesh).map((range) => ({ from, to, ...range, layers: 'network and mesh' as const })),
  ];
}

function endOf(group: Class): ReachedEnd {
  const [only] = group.members;
  group.end ??= group.members.length === 1 && only !== undefined ? { pods: only.id } : { each: group.members.map(({ id }) => id) };
  return group.end;
}
