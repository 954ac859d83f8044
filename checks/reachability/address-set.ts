import { parseCidr } from '../network/cidr';
import type { Addresses } from './model';
import { difference, keyOf, type Spans, union } from './spans';

/** Addresses of both versions in one set: those of IPv4 stand behind those of IPv6. */
export type AddressSet = Spans<bigint>;

const END_6 = 1n << 128n;
const END_4 = END_6 + (1n << 32n);

export const NO_ADDRESSES: AddressSet = [];
/** Every address; two spans, so that none crosses from one version into the other. */
export const ALL_ADDRESSES: AddressSet = [
  [0n, END_6],
  [END_6, END_4],
];

/** Addresses of a CIDR; none when it is none, which a check reports. */
export function cidrSet(text: unknown): AddressSet {
  const cidr = parseCidr(text);
  if (cidr === undefined) return NO_ADDRESSES;
  const first = (cidr.version === 4 ? END_6 : 0n) + cidr.address;
  return [[first, first + (1n << BigInt((cidr.version === 4 ? 32 : 128) - cidr.prefix))]];
}

/** Addresses of CIDRs, of which each is less its exceptions. */
export function blocksSet(blocks: Addresses['blocks']): AddressSet {
  return joined(...blocks.map(({ cidr, except = [] }) => difference(cidrSet(cidr), union(...except.map(cidrSet)))));
}

/** The set as an `Addresses`, named by its CIDRs. Most of a cluster's workloads call the same addresses: equal sets share one. */
export function addressesNamer(): (set: AddressSet) => Addresses {
  const known = new Map<string, Addresses>();
  return (set) => {
    const key = keyOf(set);
    const found = known.get(key) ?? { name: describeAddresses(set), blocks: cidrsOf(set).map((cidr) => ({ cidr })) };
    known.set(key, found);
    return found;
  };
}

/** {@link blocksSet} of the same list, read once. */
export function blocksReader(): (blocks: Addresses['blocks']) => AddressSet {
  const known = new Map<Addresses['blocks'], AddressSet>();
  return (blocks) => {
    const found = known.get(blocks) ?? blocksSet(blocks);
    known.set(blocks, found);
    return found;
  };
}

/** Union that keeps the two versions apart. */
export function joined(...sets: readonly AddressSet[]): AddressSet {
  return union(...sets).flatMap(([first, end]) =>
    first < END_6 && end > END_6 ? [[first, END_6] as const, [END_6, end] as const] : [[first, end] as const],
  );
}

/** The fewest CIDRs that are together the set, in order of address. */
export function cidrsOf(set: AddressSet): readonly string[] {
  return [...set.filter(([first]) => first >= END_6), ...set.filter(([first]) => first < END_6)].flatMap(([first, end]) =>
    first >= END_6 ? spanCidrs(first - END_6, end - END_6, 32) : spanCidrs(first, end, 128),
  );
}

/** For a message: `10.0.0.0/8, fd00::/8`, or `every address`; long lists are cut. */
export function describeAddresses(set: AddressSet): string {
  if (difference(ALL_ADDRESSES, set).length === 0) return 'every address';
  const cidrs = cidrsOf(set);
  const more = cidrs.length - 6;
  return more > 1 ? `${cidrs.slice(0, 6).join(', ')} and ${more} more ranges` : cidrs.join(', ') || 'no address';
}

function spanCidrs(from: bigint, end: bigint, bits: 32 | 128): readonly string[] {
  const found: string[] = [];
  let first = from;
  while (first < end) {
    // The greatest block that starts here: as far as its start is aligned and its end is inside.
    let size = 0;
    while (size < bits && (first >> BigInt(size)) % 2n === 0n && first + (1n << BigInt(size + 1)) <= end) size += 1;
    found.push(`${bits === 32 ? text4(first) : text6(first)}/${bits - size}`);
    first += 1n << BigInt(size);
  }
  return found;
}

function text4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

/** As RFC 5952 writes it: the longest run of at least two zero groups is left out, the first of equally long ones. */
function text6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/\b0(:0)+\b/g)].map(([run]) => run).sort((a, b) => b.length - a.length);
  const [longest] = runs;
  if (longest === undefined) return groups.join(':');
  const text = groups.join(':');
  const place = text.search(new RegExp(`\\b${longest}\\b`));
  return `${text.slice(0, Math.max(place - 1, 0))}::${text.slice(place + longest.length + 1)}`;
}
