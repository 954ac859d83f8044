import type { SourcedObject } from '../../synth/object';
import { at, listAt, textAt } from '../at';
import { type LabelIndex, labelIndex } from '../label-index';
import { namespaceOf } from '../lookup';
import { isNetworkPolicy } from '../network/network-policy-rules';
import { isPort } from '../network/ports';
import { type LabelSelector, selects } from '../selectors';
import { type AddressSet, ALL_ADDRESSES, blocksSet, joined, NO_ADDRESSES } from './address-set';
import type { Protocol } from './model';
import { isProtocol, namespaceLabels, type ReachPods } from './pods';
import { ALL_PORTS, allPortsOf, NO_PORTS, type PortSet, portSet } from './port-set';
import { overlaps, union } from './spans';

/** Which connections a policy judges: those to the pods that it selects, or those from them. */
export type Direction = 'ingress' | 'egress';

/** A rule of a NetworkPolicy with its peers looked up. */
export interface Rule {
  readonly policy: SourcedObject;
  /** Path inside the policy, as `spec.ingress[0]`. */
  readonly field: string;
  readonly peers: readonly Peer[];
  /** Ports by number, and all ports of a protocol. */
  readonly ports: PortSet;
  /** Ports by name; each callee says which number that is. */
  readonly named: readonly { readonly name: string; readonly protocol: Protocol }[];
}

/** One entry of `from` or `to`; a rule without any has one for everything. */
export interface Peer {
  readonly field: string;
  readonly pods: readonly ReachPods[];
  /** `pods` is every pod that there is. */
  readonly everyPod: boolean;
  readonly addresses: AddressSet;
}

/** What NetworkPolicies say of some pods in one direction. */
export interface Isolation {
  /** Policies that select the pods in this direction. */
  readonly policies: readonly SourcedObject[];
  readonly rules: readonly Rule[];
}

/** NetworkPolicies of one cluster over its pods, as https://kubernetes.io/docs/concepts/services-networking/network-policies/ reads them. */
export interface NetworkPolicies {
  readonly rules: readonly Rule[];
  /** `undefined` where no policy selects the pods: everything is open. */
  isolation(pods: ReachPods, direction: Direction): Isolation | undefined;
}

/** Ports of a callee that a rule is about. */
export function portsAt({ ports, named }: Rule, callee: ReachPods): PortSet {
  if (named.length === 0) return ports;
  return union(ports, ...named.map((wanted) => namedPort(callee, wanted)));
}

function namedPort(callee: ReachPods, { name, protocol }: Rule['named'][number]): PortSet {
  return union(
    ...callee.ports
      .filter((port) => port.name === name && port.protocol === protocol)
      .map(({ port }) => portSet({ protocol, first: port, last: port })),
  );
}

/** Reads the NetworkPolicies among objects. */
export function networkPolicies(objects: readonly SourcedObject[], pods: readonly ReachPods[]): NetworkPolicies {
  const index = labelIndex(pods, ({ namespace, labels }) => ({ namespace, labels }));
  const peerOf = peerReader(objects, pods, index);
  const found: Record<Direction, Map<ReachPods, { policies: SourcedObject[]; rules: Rule[] }>> = { ingress: new Map(), egress: new Map() };
  const all: Rule[] = [];
  for (const policy of objects.filter(isNetworkPolicy)) {
    const selected = index.select(namespaceOf(policy.object), (at(policy.object, 'spec', 'podSelector') ?? {}) as LabelSelector);
    for (const direction of directionsOf(policy)) {
      const rules = listAt(policy.object, 'spec', direction).map((rule, i) =>
        readRule(policy, rule, direction, `spec.${direction}[${i}]`, peerOf),
      );
      all.push(...rules);
      for (const group of selected) {
        const entry = found[direction].get(group) ?? { policies: [], rules: [] };
        entry.policies.push(policy);
        entry.rules.push(...rules);
        found[direction].set(group, entry);
      }
    }
  }
  return { rules: all, isolation: (group, direction) => found[direction].get(group) };
}

/** Without `policyTypes` a policy is about ingress, and about egress when it has rules for it. */
export function directionsOf({ object }: SourcedObject): readonly Direction[] {
  const types = listAt(object, 'spec', 'policyTypes');
  const egress = types.length === 0 ? listAt(object, 'spec', 'egress').length > 0 : types.includes('Egress');
  const ingress = types.length === 0 || types.includes('Ingress');
  return [...(ingress ? (['ingress'] as const) : []), ...(egress ? (['egress'] as const) : [])];
}

function readRule(
  policy: SourcedObject,
  rule: unknown,
  direction: Direction,
  field: string,
  peerOf: (policy: SourcedObject, peer: unknown, field: string) => Peer,
): Rule {
  const side = direction === 'ingress' ? 'from' : 'to';
  const peers = listAt(rule, side);
  const entries = listAt(rule, 'ports');
  const ports: PortSet[] = entries.length === 0 ? [ALL_PORTS] : [];
  const named: { name: string; protocol: Protocol }[] = [];
  for (const entry of entries) {
    const protocol = textAt(entry, 'protocol') ?? 'TCP';
    if (!isProtocol(protocol)) continue;
    const port = at(entry, 'port');
    const end = at(entry, 'endPort');
    if (port === undefined) ports.push(allPortsOf(protocol));
    else if (typeof port === 'string') named.push({ name: port, protocol });
    else if (isPort(port)) ports.push(portSet({ protocol, first: Number(port), last: isPort(end) ? Number(end) : Number(port) }));
  }
  return {
    policy,
    field,
    peers: peers.length === 0 ? [peerOf(policy, undefined, field)] : peers.map((peer, i) => peerOf(policy, peer, `${field}.${side}[${i}]`)),
    ports: ports.length === 0 ? NO_PORTS : union(...ports),
    named,
  };
}

/** Looks peers up; an absent one is everything. */
function peerReader(objects: readonly SourcedObject[], pods: readonly ReachPods[], index: LabelIndex<ReachPods>) {
  const labelsOf = namespaceLabels(objects);
  const byAddresses = new Map<AddressSet, ReachPods[]>();
  for (const group of pods) {
    if (group.addresses === undefined) continue;
    const list = byAddresses.get(group.addresses);
    if (list === undefined) byAddresses.set(group.addresses, [group]);
    else list.push(group);
  }
  // Many rules have the same block: that of the internet, or of a database.
  const byBlock = new Map<string, { readonly addresses: AddressSet; readonly pods: readonly ReachPods[] }>();
  const blockOf = (block: unknown) => {
    const key = JSON.stringify(block);
    let known = byBlock.get(key);
    if (known === undefined) {
      const except = listAt(block, 'except').map(String);
      const addresses = blocksSet([{ cidr: String(at(block, 'cidr')), except }]);
      known = { addresses, pods: [...byAddresses].flatMap(([own, groups]) => (overlaps(own, addresses) ? groups : [])) };
      byBlock.set(key, known);
    }
    return known;
  };
  const everything = { pods, everyPod: true, addresses: ALL_ADDRESSES };
  return (policy: SourcedObject, peer: unknown, field: string): Peer => {
    if (peer === undefined) return { field, ...everything };
    const block = at(peer, 'ipBlock');
    if (block !== undefined) {
      const known = blockOf(block);
      return { field, pods: known.pods, everyPod: known.pods.length === pods.length, addresses: known.addresses };
    }
    const podSelector = at(peer, 'podSelector') as LabelSelector | undefined;
    const namespaceSelector = at(peer, 'namespaceSelector') as LabelSelector | undefined;
    // The API server refuses such a peer, as a check says; taken literally it selects nothing.
    if (podSelector === undefined && namespaceSelector === undefined) return { field, pods: [], everyPod: false, addresses: NO_ADDRESSES };
    const selected = select(index, namespaceOf(policy.object), podSelector, namespaceSelector, labelsOf);
    return { field, pods: selected, everyPod: selected.length === pods.length, addresses: NO_ADDRESSES };
  };
}

function select(
  index: LabelIndex<ReachPods>,
  namespace: string,
  podSelector: LabelSelector | undefined,
  namespaceSelector: LabelSelector | undefined,
  labelsOf: (namespace: string) => Readonly<Record<string, unknown>>,
): readonly ReachPods[] {
  if (namespaceSelector === undefined) return index.select(namespace, podSelector ?? {});
  const name = namespaceSelector.matchLabels?.['kubernetes.io/metadata.name'];
  const among = name === undefined ? index.namespaces : [name];
  return among.filter((one) => selects(namespaceSelector, labelsOf(one))).flatMap((one) => index.select(one, podSelector ?? {}));
}

/** All addresses of the peers of a rule. */
export function addressesOf({ peers }: Rule): AddressSet {
  const [only] = peers;
  return peers.length === 1 && only !== undefined ? only.addresses : joined(...peers.map(({ addresses }) => addresses));
}
