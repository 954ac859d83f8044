import { type AddressSet, addressesNamer, blocksReader, blocksSet, describeAddresses } from './address-set';
import type { Addresses, DeclaredEdge, End, PortRange, ReachedEdge, ReachedEnd } from './model';
import { NO_PORTS, type PortSet, portSet, rangesOf } from './port-set';
import type { Reach } from './reach';
import { type Region, region, regionDifference } from './region';
import { difference, union } from './spans';

/** A declared connection that is not open. */
export interface MissingEdge {
  readonly declared: DeclaredEdge;
  /** Ports, and addresses where an end is addresses, that are closed: the whole edge or a part of it. */
  readonly closed: PortRange & Pick<DeclaredEdge, 'from' | 'to'>;
  /** An end names pods that are not there, or are on the host's network, where no policy holds. @default - both ends are known */
  readonly unknown?: string;
}

/** How what is open differs from what is declared. */
export interface Comparison {
  readonly missing: readonly MissingEdge[];
  /** What is open without being declared, exact in ports and addresses. */
  readonly extra: readonly ReachedEdge[];
}

/** Compares; an edge between two addresses is not this cluster's and left out. */
export function comparison({ judge, edges }: Reach, declared: readonly DeclaredEdge[]): Comparison {
  const read = reader();
  const { pieceOf, ranges } = read;
  const index = indexOf(declared, read);
  // An end that is addresses: one lookup for all declared edges of the pods.
  const reached = { into: new Map<string, RegionPieces>(), out: new Map<string, RegionPieces>() };
  for (const edge of edges) {
    if ('addresses' in edge.from && 'pods' in edge.to) push(reached.into, edge.to.pods, pieceOf(edge.from.addresses, edge));
    if ('addresses' in edge.to && 'pods' in edge.from) push(reached.out, edge.from.pods, pieceOf(edge.to.addresses, edge));
  }
  const openAt = {
    into: once((id: string) => region(reached.into.get(id) ?? [])),
    out: once((id: string) => region(reached.out.get(id) ?? [])),
  };
  const missing = declared.flatMap((edge): readonly MissingEdge[] => {
    const { from, to } = edge;
    const whole = { from, to, protocol: edge.protocol, first: edge.first, last: edge.last };
    const unknown = [from, to].flatMap((end) => ('pods' in end && judge.find(end.pods) === undefined ? [end.pods] : []))[0];
    if (unknown !== undefined) return [{ declared: edge, closed: whole, unknown }];
    if ('pods' in from && 'pods' in to) {
      const [caller, callee] = [judge.find(from.pods), judge.find(to.pods)];
      if (caller === undefined || callee === undefined) return [];
      const { network, mesh } = judge.opened(caller, callee);
      return rangesOf(difference(portSet(edge), union(network, mesh))).map((range) => ({ declared: edge, closed: { from, to, ...range } }));
    }
    if ('addresses' in from && 'pods' in to) {
      const closed = regionDifference([pieceOf(from.addresses, edge)], openAt.into(to.pods));
      return ranges(closed).map(({ range, addresses }) => ({ declared: edge, closed: { from: { addresses }, to, ...range } }));
    }
    if ('addresses' in to && 'pods' in from) {
      const closed = regionDifference([pieceOf(to.addresses, edge)], openAt.out(from.pods));
      return ranges(closed).map(({ range, addresses }) => ({ declared: edge, closed: { from, to: { addresses }, ...range } }));
    }
    return [];
  });
  return { missing, extra: edges.flatMap((edge) => undeclared(edge, index, read)) };
}

type RegionPieces = { readonly addresses: AddressSet; readonly ports: PortSet }[];

/** Declared edges by their ends. */
interface Declared {
  /** Ports by callee and caller. */
  readonly pods: ReadonlyMap<string, ReadonlyMap<string, PortSet>>;
  into(id: string): Region;
  out(id: string): Region;
}

function indexOf(declared: readonly DeclaredEdge[], { pieceOf }: Reader): Declared {
  const pods = new Map<string, Map<string, PortSet>>();
  const into = new Map<string, RegionPieces>();
  const out = new Map<string, RegionPieces>();
  for (const edge of declared) {
    const { from, to } = edge;
    if ('pods' in from && 'pods' in to) {
      const callers = pods.get(to.pods) ?? new Map<string, PortSet>();
      pods.set(to.pods, callers);
      callers.set(from.pods, union(callers.get(from.pods) ?? NO_PORTS, portSet(edge)));
    } else if ('pods' in to && 'addresses' in from) push(into, to.pods, pieceOf(from.addresses, edge));
    else if ('pods' in from && 'addresses' in to) push(out, from.pods, pieceOf(to.addresses, edge));
  }
  return {
    pods,
    into: once((id) => region(into.get(id) ?? [])),
    out: once((id) => region(out.get(id) ?? [])),
  };
}

/** The part of a reached edge that nothing declares. */
function undeclared(edge: ReachedEdge, declared: Declared, read: Reader): readonly ReachedEdge[] {
  const { from, to } = edge;
  if ('addresses' in from)
    return 'pods' in to ? rest(edge, from.addresses, declared.into(to.pods), read, (addresses) => ({ from: { addresses }, to })) : [];
  if ('addresses' in to)
    return 'pods' in from ? rest(edge, to.addresses, declared.out(from.pods), read, (addresses) => ({ from, to: { addresses } })) : [];
  const ports = portSet(edge);
  const callers = new Set(idsOf(from));
  const untouched: string[] = [];
  const found: ReachedEdge[] = [];
  const callees = idsOf(to);
  for (const callee of callees) {
    const known = [...(declared.pods.get(callee) ?? [])].filter(([caller]) => callers.has(caller));
    if (known.length === 0) {
      untouched.push(callee);
      continue;
    }
    const others = callers.size - known.length;
    if (others > 0 && 'each' in from) {
      const except = known.map(([caller]) => caller);
      const [only] = others === 1 ? from.each.filter((id) => !except.includes(id)) : [];
      found.push({ ...edge, from: only === undefined ? { ...from, except } : { pods: only }, to: { pods: callee } });
    }
    for (const [caller, allowed] of known) {
      for (const range of rangesOf(difference(ports, allowed)))
        found.push({ ...edge, ...range, from: { pods: caller }, to: { pods: callee } });
    }
  }
  const [first] = untouched;
  if (first === undefined) return found;
  // One object for all ranges of an edge: readers put those together.
  if (untouched.length === callees.length) return [edge];
  return [{ ...edge, to: untouched.length === 1 ? { pods: first } : { each: untouched } }, ...found];
}

function rest(
  edge: ReachedEdge,
  addresses: Addresses,
  declared: Region,
  { pieceOf, ranges }: Reader,
  ends: (addresses: Addresses) => Pick<ReachedEdge, 'from' | 'to'>,
): readonly ReachedEdge[] {
  const open = regionDifference([pieceOf(addresses, edge)], declared);
  return ranges(open).map((piece) => ({ ...edge, ...piece.range, ...ends(piece.addresses) }));
}

/** Ids of the pods that an end is; none of addresses. */
export function idsOf(end: ReachedEnd): readonly string[] {
  if ('pods' in end) return [end.pods];
  if (!('each' in end)) return [];
  const except = new Set(end.except);
  return end.each.filter((id) => !except.has(id));
}

/** For a message: the pods or the addresses of an end; of many pods the first ones. */
export function describeEnd(end: ReachedEnd | End): string {
  if ('addresses' in end) {
    const text = describeAddresses(blocksSet(end.addresses.blocks));
    return end.addresses.name === text ? text : `${end.addresses.name} (${text})`;
  }
  const ids = idsOf(end);
  return ids.length > 4 ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more` : ids.join(', ');
}

/** Reads and writes addresses, each list and each set of them once. */
interface Reader {
  readonly pieceOf: (addresses: Addresses, range: PortRange) => RegionPieces[number];
  readonly ranges: (pieces: Region) => readonly { readonly range: PortRange; readonly addresses: Addresses }[];
}

function reader(): Reader {
  const setOf = blocksReader();
  const named = addressesNamer();
  return {
    pieceOf: ({ blocks }, range) => ({ addresses: setOf(blocks), ports: portSet(range) }),
    ranges: (pieces) => pieces.flatMap(({ addresses, ports }) => rangesOf(ports).map((range) => ({ range, addresses: named(addresses) }))),
  };
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

function once<Result>(make: (key: string) => Result): (key: string) => Result {
  const known = new Map<string, Result>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}
