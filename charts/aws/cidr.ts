import { text } from './field';

/** A block of IPv4 addresses. */
export interface Cidr {
  /** First and last address, as 32-bit numbers. */
  readonly first: number;
  readonly last: number;
  /** Length of the prefix, 0 to 32. */
  readonly prefix: number;
}

/** Reads `10.0.0.0/16`; `undefined` when the text is no IPv4 block, or when it is not written by its first address (`10.0.0.1/16`). */
export function parseCidr(value: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(value);
  if (match === null) return undefined;
  const parts = match.slice(1);
  if (parts.some((part) => part !== String(Number(part)))) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts.map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const first = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the two blocks share an address. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** Blocks for private use (RFC 1918): the only ones that EKS takes for Services. */
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((block) => parseCidr(block) ?? []);

/** A block of IPv4 addresses whose prefix length is from `shortest` to `longest`. */
export function cidr(shortest: number, longest: number, example: string) {
  const passes = (value: string) => {
    const block = parseCidr(value);
    return block !== undefined && block.prefix >= shortest && block.prefix <= longest;
  };
  return text(passes, {
    expected: `an IPv4 CIDR from /${shortest} to /${longest} without host bits, as ${example}`,
    mend: 'write the first address of the block, a slash and the prefix length: 10.16.32.0/19, not 10.16.33.7/19',
  });
}

/** Whether a block lies in one of the private ranges. */
export function isPrivate(block: Cidr): boolean {
  return privateBlocks.some((range) => contains(range, block));
}
