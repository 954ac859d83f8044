import type { PortRange, Protocol } from './model';
import { difference, type Spans, union } from './spans';

/** Ports of all protocols in one set: those of UDP stand behind those of TCP, those of SCTP behind both. */
export type PortSet = Spans<number>;

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
const PORTS = 65_536;

/** Ports `first` to `last` of a protocol. */
export function portSet({ protocol, first, last }: PortRange): PortSet {
  const offset = PROTOCOLS.indexOf(protocol) * PORTS;
  return first > last ? [] : [[offset + first, offset + last + 1]];
}

/** Every port of a protocol. */
export function allPortsOf(protocol: Protocol): PortSet {
  return portSet({ protocol, first: 1, last: PORTS - 1 });
}

export const NO_PORTS: PortSet = [];
/** Every port of every protocol. */
export const ALL_PORTS: PortSet = union(...PROTOCOLS.map(allPortsOf));
export const TCP_PORTS: PortSet = allPortsOf('TCP');
export const OTHER_PORTS: PortSet = difference(ALL_PORTS, TCP_PORTS);

/** Single ports of TCP. */
export function tcp(...ports: readonly number[]): PortSet {
  return union(...ports.map((port) => portSet({ protocol: 'TCP', first: port, last: port })));
}

/** The set as ranges, in the order of protocols and numbers. */
export function rangesOf(set: PortSet): readonly PortRange[] {
  return set.map(([from, end]) => {
    const index = Math.floor(from / PORTS);
    return { protocol: PROTOCOLS[index] ?? 'TCP', first: from - index * PORTS, last: end - 1 - index * PORTS };
  });
}

/** For a message: `TCP 8080, UDP 53, TCP 1-1023`, or `every port`. */
export function describePorts(set: PortSet): string {
  if (difference(ALL_PORTS, set).length === 0) return 'every port';
  return rangesOf(set).map(describeRange).join(', ') || 'no port';
}

/** `TCP 8080`, `TCP 1-1023`, or `every TCP port`. */
export function describeRange({ protocol, first, last }: PortRange): string {
  if (first === 1 && last === PORTS - 1) return `every ${protocol} port`;
  return `${protocol} ${first === last ? first : `${first}-${last}`}`;
}
