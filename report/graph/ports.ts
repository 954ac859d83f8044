import type { PodPort, PortRange } from '../../checks/reachability/model';

const LAST_PORT = 65535;
/** From this many ports on, nobody wants to read which: all but a few are open. */
const NEARLY_ALL = 32768;

/**
 * How the map writes ports: with the names that the callee gives them, and without TCP, which most are. Where nearly all ports of a
 * protocol are open, it says so and lists those that the callee has.
 */
export function portTexts(ranges: readonly PortRange[], ports: readonly PodPort[] = []): readonly string[] {
  const joined = joinRanges(ranges);
  return [...new Set(joined.map(({ protocol }) => protocol))].flatMap((protocol) => {
    const own = joined.filter((range) => range.protocol === protocol);
    const count = own.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    if (count < NEARLY_ALL) return own.map((range) => portText(range, ports));
    const known = ports
      .filter((port) => port.protocol === protocol && own.some(({ first, last }) => first <= port.port && port.port <= last))
      .map(({ port }) => portText({ protocol, first: port, last: port }, ports));
    return [`${count === LAST_PORT ? 'any' : 'nearly any'} ${protocol} port${known.length === 0 ? '' : `: ${known.join(', ')}`}`];
  });
}

/** A single port or a range of them. */
export function portText({ protocol, first, last }: PortRange, ports: readonly PodPort[] = []): string {
  const suffix = protocol === 'TCP' ? '' : `/${protocol}`;
  if (first !== last) return `${first}-${last}${suffix}`;
  const name = ports.find((port) => port.port === first && port.protocol === protocol)?.name;
  return `${name === undefined ? '' : `${name} `}${first}${suffix}`;
}

/** Ranges by protocol and number, those that touch or overlap as one. */
export function joinRanges(ranges: readonly PortRange[]): readonly PortRange[] {
  const joined: PortRange[] = [];
  for (const range of [...ranges].sort((a, b) => compareText(a.protocol, b.protocol) || a.first - b.first || a.last - b.last)) {
    const last = joined.at(-1);
    if (last !== undefined && last.protocol === range.protocol && range.first <= last.last + 1) {
      joined[joined.length - 1] = { ...last, last: Math.max(last.last, range.last) };
    } else {
      joined.push({ protocol: range.protocol, first: range.first, last: range.last });
    }
  }
  return joined;
}

/** Order of texts that no language setting changes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
