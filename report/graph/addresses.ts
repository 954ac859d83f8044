import { at, listAt, textAt, textsAt } from '../../checks/at';
import type { ClusterFacts } from '../../checks/facts';
import { isNetworkPolicy } from '../../checks/network/network-policy-rules';
import { type AddressSet, ALL_ADDRESSES, blocksSet, cidrSet, cidrsOf } from '../../checks/reachability/address-set';
import type { Addresses } from '../../checks/reachability/model';
import { difference, keyOf } from '../../checks/reachability/spans';
import type { SourcedObject } from '../../synth/object';
import { compareText } from './ports';

/** Addresses that somebody has named: declared edges, or the rule of a policy by its ranges. */
export interface NamedAddresses {
  /** Differs from that of any other set. */
  readonly id: string;
  readonly name: string;
  /** The ranges, a line each: `10.0.0.0/8 except 10.1.0.0/16`. */
  readonly ranges: readonly string[];
  readonly set: AddressSet;
}

/** Takes addresses apart into sets that have a name; what is left over is one more. */
export type NameAddresses = (set: AddressSet) => readonly NamedAddresses[];

/** Names of addresses, from declared edges where these are known, else as policies write them. */
export function addressNames(objects: readonly SourcedObject[], { edges = [] }: Partial<ClusterFacts>): NameAddresses {
  const declared = edges.flatMap(({ from, to }) => [from, to]).flatMap((end) => ('addresses' in end ? [end.addresses] : []));
  const written = objects
    .filter(isNetworkPolicy)
    .flatMap(({ object }) => [
      ...listAt(object, 'spec', 'ingress').map((rule) => listAt(rule, 'from')),
      ...listAt(object, 'spec', 'egress').map((rule) => listAt(rule, 'to')),
    ]);
  const everything: NamedAddresses = { id: 'addresses all', name: 'any address', ranges: ['0.0.0.0/0', '::/0'], set: ALL_ADDRESSES };
  const candidates = new Map<string, NamedAddresses>([[keyOf(everything.set), everything]]);
  const add = (found: NamedAddresses) => {
    if (found.set.length > 0 && !candidates.has(keyOf(found.set))) candidates.set(keyOf(found.set), found);
  };
  for (const addresses of declared) add(named(addresses));
  for (const peers of written) add(named({ name: '', blocks: peers.flatMap(blockOf) }));
  const bySize = [...candidates.values()].sort((a, b) => compareSize(b.set, a.set) || compareText(a.id, b.id));
  return (set) => {
    const found: NamedAddresses[] = [];
    let rest = set;
    for (const candidate of bySize) {
      if (rest.length === 0) break;
      if (difference(candidate.set, rest).length > 0) continue;
      found.push(candidate);
      rest = difference(rest, candidate.set);
    }
    return rest.length === 0 ? found : [...found, named({ name: '', blocks: cidrsOf(rest).map((cidr) => ({ cidr })) })];
  };
}

function blockOf(peer: unknown): Addresses['blocks'] {
  const cidr = textAt(peer, 'ipBlock', 'cidr');
  return cidr === undefined ? [] : [{ cidr, except: textsAt(at(peer, 'ipBlock'), 'except') }];
}

/** With a name of the first range where there is no better one. */
function named({ name, blocks }: Addresses): NamedAddresses {
  const inOrder = [...blocks].sort((a, b) => compareAddress(a.cidr, b.cidr) || compareText(a.cidr, b.cidr));
  const ranges = inOrder.map(({ cidr, except = [] }) => (except.length === 0 ? cidr : `${cidr} except ${except.join(', ')}`));
  const [first] = inOrder;
  const exceptions = first?.except?.length ?? 0;
  const less = exceptions === 0 ? '' : exceptions === 1 ? ` but ${first?.except?.[0]}` : ` but ${exceptions} ranges`;
  const short = `${first?.cidr ?? 'no address'}${less}${blocks.length > 1 ? ` and ${blocks.length - 1} more` : ''}`;
  return { id: `addresses ${name} ${ranges.join(', ')}`, name: name === '' ? short : name, ranges, set: blocksSet(blocks) };
}

function compareAddress(a: string, b: string): number {
  const [left, right] = [cidrSet(a)[0]?.[0] ?? 0n, cidrSet(b)[0]?.[0] ?? 0n];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareSize(a: AddressSet, b: AddressSet): number {
  const size = (set: AddressSet) => set.reduce((sum, [first, end]) => sum + end - first, 0n);
  const [left, right] = [size(a), size(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
