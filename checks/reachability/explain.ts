import { describe, type SourcedObject } from '../../synth/object';
import { type AddressSet, blocksSet } from './address-set';
import { idsOf } from './comparison';
import type { Judge } from './judge';
import { META_PORTS, PROXY_PORT } from './linkerd';
import { identityOf, includesIdentity } from './linkerd-clients';
import type { ReachedEnd } from './model';
import { type Direction, portsAt, type Rule } from './network-policy';
import type { ReachPods } from './pods';
import type { PortSet } from './port-set';
import { portsOfRegion } from './region';
import { difference, intersection, overlaps, union } from './spans';

/** What opens or closes a connection: an object with a place in it, and words for the reader. */
export interface Cause {
  readonly text: string;
  /** @default - nothing among the objects: that a policy is absent, or an annotation's default */
  readonly subject?: SourcedObject;
  readonly field?: string;
}

type Other = ReachPods | AddressSet;

/** What opens ports between two ends; of many pods the first ones stand for all. */
export function openers(judge: Judge, from: ReachedEnd, to: ReachedEnd, ports: PortSet): readonly Cause[] {
  const [caller, callee] = [otherOf(judge, from), otherOf(judge, to)];
  const wanted = isPods(caller) && isPods(callee) ? throughMesh(caller, callee, ports) : ports;
  return [
    ...(isPods(caller) ? opening(judge, caller, 'egress', callee, wanted) : []),
    ...(isPods(callee) ? opening(judge, callee, 'ingress', caller, wanted) : []),
    ...(isPods(callee) ? grantCauses(judge, caller, callee, ports) : []),
  ];
}

/** What closes ports between two ends. */
export function closers(judge: Judge, from: ReachedEnd, to: ReachedEnd, ports: PortSet): readonly Cause[] {
  const [caller, callee] = [otherOf(judge, from), otherOf(judge, to)];
  const found: Cause[] = [];
  const tunnel = isPods(caller) && isPods(callee) && caller.meshed && isMeshPort(judge, callee, ports);
  const wanted = tunnel ? union(intersection(ports, META_PORTS), difference(ports, META_PORTS).length > 0 ? PROXY_PORT : []) : ports;
  const closing = (pods: ReachPods, direction: Direction, other: Other, named: ReachPods) => {
    const open = openOf(judge, pods, direction, other);
    if (difference(wanted, open).length === 0) return;
    const policies = judge.policies.isolation(pods, direction)?.policies ?? [];
    const [subject] = policies;
    const via = tunnel && wanted === PROXY_PORT ? ' on the proxies’ port 4143' : '';
    const side = direction === 'egress' ? `out of ${named.id}` : `into ${named.id}`;
    found.push({ text: `no rule of ${names(policies)} lets it ${side}${via}`, ...(subject === undefined ? {} : { subject }) });
  };
  if (isPods(caller)) closing(caller, 'egress', callee, caller);
  if (isPods(callee)) closing(callee, 'ingress', caller, callee);
  if (isPods(callee) && isMeshPort(judge, callee, ports)) found.push(...refusals(judge, caller, callee, ports));
  return found;
}

/** Is any of the ports behind the callee's proxy? */
function isMeshPort(judge: Judge, callee: ReachPods, ports: PortSet): boolean {
  const policy = judge.inbound(callee);
  return policy !== undefined && difference(ports, policy.skipped).length > 0;
}

function refusals(judge: Judge, caller: Other, callee: ReachPods, ports: PortSet): readonly Cause[] {
  const policy = judge.inbound(callee);
  if (policy === undefined) return [];
  const granted = isPods(caller)
    ? judge.mesh(caller, callee)
    : union(...policy.grants.filter(({ clients }) => clients.identities === 'all').map((grant) => grant.ports));
  const closed = difference(difference(ports, policy.skipped), granted);
  if (closed.length === 0) return [];
  const whom = isPods(caller) && caller.meshed ? `ServiceAccount ${caller.namespace}/${caller.serviceAccount}` : 'a client without a proxy';
  const servers = policy.servers.filter((one) => overlaps(one.ports, closed));
  if (servers.length === 0)
    return [{ text: `no Server selects the port, and Linkerd’s default inbound policy there is ${policy.byDefault}` }];
  return servers.map(({ server }) => ({ text: `nothing authorizes ${whom} on ${describe(server.object)}`, subject: server }));
}

function opening(judge: Judge, pods: ReachPods, direction: Direction, other: Other, wanted: PortSet): readonly Cause[] {
  const isolation = judge.policies.isolation(pods, direction);
  if (isolation === undefined) return [{ text: `no NetworkPolicy selects ${pods.id} for ${direction}` }];
  const callee = direction === 'ingress' ? pods : isPods(other) ? other : undefined;
  return isolation.rules.flatMap((rule) => {
    if (!overlaps(callee === undefined ? rule.ports : portsAt(rule, callee), wanted)) return [];
    return peersOf(rule, other).map(({ field }) => ({
      text: `${describe(rule.policy.object)} ${field}`,
      subject: rule.policy,
      field,
    }));
  });
}

function peersOf({ peers }: Rule, other: Other) {
  return peers.filter(({ everyPod, pods, addresses }) => (isPods(other) ? everyPod || pods.includes(other) : overlaps(addresses, other)));
}

function openOf(judge: Judge, pods: ReachPods, direction: Direction, other: Other): PortSet {
  const side = judge.side(pods, direction);
  if (isPods(other)) return union(side.wide, side.narrow.get(other) ?? []);
  return portsOfRegion(side.region.filter(({ addresses }) => difference(other, addresses).length === 0));
}

function grantCauses(judge: Judge, caller: Other, callee: ReachPods, ports: PortSet): readonly Cause[] {
  const policy = judge.inbound(callee);
  if (policy === undefined || difference(ports, policy.skipped).length === 0) return [];
  const texts = new Set<string>();
  return policy.grants.flatMap((grant) => {
    const holds =
      isPods(caller) && caller.meshed ? includesIdentity(grant.clients, identityOf(caller)) : grant.clients.identities === 'all';
    if (!holds || !overlaps(grant.ports, ports)) return [];
    const text = grant.by === undefined ? `Linkerd’s default inbound policy ${policy.byDefault}` : describe(grant.by.object);
    if (texts.has(text)) return [];
    texts.add(text);
    return [{ text, ...(grant.by === undefined ? {} : { subject: grant.by }) }];
  });
}

/** Ports that NetworkPolicies see of a connection. */
function throughMesh(caller: ReachPods, callee: ReachPods, ports: PortSet): PortSet {
  return caller.meshed && callee.meshed ? union(PROXY_PORT, ports) : ports;
}

function otherOf(judge: Judge, end: ReachedEnd): Other {
  if ('addresses' in end) return blocksSet(end.addresses.blocks);
  const [id] = idsOf(end);
  const found = id === undefined ? undefined : judge.find(id);
  if (found === undefined) throw new Error(`${id} is not among the pods that were read`);
  return found;
}

function isPods(other: Other): other is ReachPods {
  return !Array.isArray(other);
}

function names(policies: readonly SourcedObject[]): string {
  const texts = policies.map(({ object }) => describe(object));
  return texts.length > 3 ? `${texts.slice(0, 2).join(', ')} and ${texts.length - 2} more` : texts.join(', ');
}
