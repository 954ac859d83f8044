/** A range of addresses. */
export interface Cidr {
  readonly version: 4 | 6;
  readonly address: bigint;
  /** Number of leading bits that all addresses of the range share. */
  readonly prefix: number;
}

/** Reads `10.0.0.0/8` or `fd00::/8`; `undefined` when it is no CIDR. Bits behind the prefix are dropped, as the API server does. */
export function parseCidr(text: unknown): Cidr | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(String(text));
  if (match === null) return undefined;
  const [, address = '', length = ''] = match;
  // A leading zero could be meant as octal.
  if (length !== String(Number(length))) return undefined;
  const version = address.includes(':') ? 6 : 4;
  const bits = version === 6 ? 128 : 32;
  const value = version === 6 ? parse6(address) : parse4(address);
  const prefix = Number(length);
  if (value === undefined || prefix > bits) return undefined;
  const rest = BigInt(bits - prefix);
  return { version, address: (value >> rest) << rest, prefix };
}

/** Does a range lie inside another, and is it smaller? */
export function strictlyInside(inner: Cidr, outer: Cidr): boolean {
  if (inner.version !== outer.version || inner.prefix <= outer.prefix) return false;
  const rest = BigInt((outer.version === 6 ? 128 : 32) - outer.prefix);
  return inner.address >> rest === outer.address >> rest;
}

function parse4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parse6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
