import { type AddressSet, joined } from './address-set';
import { NO_PORTS, type PortSet } from './port-set';
import { difference, intersection, keyOf, type Spans, union } from './spans';

/** Ports by address: pieces whose addresses have nothing in common. */
export type Region = readonly RegionPiece[];

export interface RegionPiece {
  readonly addresses: AddressSet;
  readonly ports: PortSet;
}

/** One region of pieces that may overlap: split at all their boundaries, then addresses with the same ports put together. */
export function region(pieces: readonly RegionPiece[]): Region {
  const used = pieces.filter(({ addresses, ports }) => addresses.length > 0 && ports.length > 0);
  return used.length < 2 ? used : split(used, [], (ports) => ports);
}

/** What is in the first region and not in the second. */
export function regionDifference(a: Region, b: Region): Region {
  return b.length === 0 ? a : split(a, b, difference);
}

/** What is in both regions. */
export function regionIntersection(a: Region, b: Region): Region {
  return split(a, b, intersection);
}

/** All ports that a region has at some address. */
export function portsOfRegion(pieces: Region): PortSet {
  return pieces.length === 0 ? NO_PORTS : union(...pieces.map(({ ports }) => ports));
}

function split(a: readonly RegionPiece[], b: readonly RegionPiece[], combine: (a: PortSet, b: PortSet) => PortSet): Region {
  const bounds = [...new Set([...a, ...b].flatMap(({ addresses }) => addresses.flat()))].sort((x, y) => (x < y ? -1 : 1));
  const found = new Map<string, { readonly ports: PortSet; readonly spans: Spans<bigint>[] }>();
  for (const [i, first] of bounds.entries()) {
    const end = bounds[i + 1];
    if (end === undefined) break;
    const ports = combine(portsAt(a, first), portsAt(b, first));
    if (ports.length === 0) continue;
    const key = keyOf(ports);
    const entry = found.get(key);
    if (entry === undefined) found.set(key, { ports, spans: [[[first, end]]] });
    else entry.spans.push([[first, end]]);
  }
  return [...found.values()].map(({ ports, spans }) => ({ ports, addresses: joined(...spans) }));
}

function portsAt(pieces: readonly RegionPiece[], address: bigint): PortSet {
  const here = pieces.filter(({ addresses }) => addresses.some(([first, end]) => first <= address && address < end));
  return here.length === 0 ? NO_PORTS : union(...here.map(({ ports }) => ports));
}
