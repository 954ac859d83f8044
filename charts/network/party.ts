import type { Labels } from '../workload/labels';

/** Protocols of a port (`Server.spec.proxyProtocol` of Linkerd) that need no looking at the first bytes. */
export type TrafficProtocol = 'HTTP/1' | 'HTTP/2' | 'gRPC' | 'opaque' | 'TLS';

/** A part of the requests to a port, with limits of its own. */
export interface TrafficRoute {
  /** Prefix of the path, as `/reports`. */
  readonly path: string;
  /** @default - every method */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Longest time that a request may take with all its tries, as `2s`. @default - no limit */
  readonly timeout?: string;
  /** How often a failed (status 5xx) GET or HEAD is sent again. @default 0 */
  readonly retries?: number;
  /** Time after which a try counts as failed and is sent again, as `500ms`. @default - a try has all the time of `timeout` */
  readonly tryTimeout?: string;
}

/** A port that pods listen on. */
export interface PartyPort {
  readonly number: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
  /** How the mesh reads connections; `outside`: its proxy lets them pass, unseen. @default - it looks at their first bytes */
  readonly mesh?: TrafficProtocol | 'outside';
  /** Requests per second that each pod takes, in all and of each caller; more get status 429. @default - no limit */
  readonly rateLimit?: { readonly total?: number; readonly perCaller?: number };
  /** Requests with a timeout or retries of their own, by name. @default - all requests are alike */
  readonly routes?: Readonly<Record<string, TrafficRoute>>;
}

/** Pods that are alike, as an end of connections. `Port` are the names of their ports. */
export interface PodParty<Port extends string = string> {
  /** Name of their controller; also of their NetworkPolicy. */
  readonly name: string;
  readonly namespace: string;
  /** Labels that select exactly these pods in their namespace. */
  readonly selector: Labels;
  /** Their identity in the mesh. */
  readonly serviceAccount: string;
  /** Whether the mesh's proxy is injected. */
  readonly meshed: boolean;
  /** Ports by name: that of the container's port and of the Service's. */
  readonly ports: Readonly<Record<Port, PartyPort>>;
  /** Service that callers go through. @default - `name` */
  readonly service?: string;
  /** Exemptions of its NetworkPolicy from checks: reasons by check. @default - none */
  readonly exemptions?: Labels;
  /** Whether the pods come from elsewhere (the cluster itself, a pinned chart): rules give the numbers of their ports. @default false */
  readonly foreign?: boolean;
}

/** Addresses, as an end of connections. */
export interface AddressParty {
  /** What lives there, for readers: `internet`. */
  readonly name: string;
  /** Ranges, sorted, less their exceptions: an `ipBlock` of a NetworkPolicy each. */
  readonly blocks: readonly { readonly cidr: string; readonly except?: readonly string[] }[];
}

export type Party = PodParty | AddressParty;

/** Name of the port on which a proxy answers for its own metrics and health. Every meshed party has it. */
export const PROXY_ADMIN = 'linkerd-admin';
/** Number of that port. */
export const PROXY_ADMIN_PORT = 4191;
/** Port on which the mesh's proxy takes meshed connections, whatever port they are meant for. */
export const PROXY_PORT = 4143;

/** Whether the mesh's proxy stands before a port of pods in the mesh: it knows TCP alone. */
export const isProxied = ({ mesh, protocol }: PartyPort): boolean => mesh !== 'outside' && protocol !== 'UDP';

/** Whether a party is pods, and not addresses. */
export const isPods = (party: Party): party is PodParty => 'selector' in party;

/** How messages and facts name a party: `authorworks/authorworks-content`, or the name of addresses. */
export const idOf = (party: Party): string => (isPods(party) ? `${party.namespace}/${party.name}` : party.name);

/**
 * A port of a party by its name.
 * @throws when the party has none of this name
 */
export function portOf(party: PodParty, name: string): PartyPort {
  if (name === PROXY_ADMIN && party.meshed) return { number: PROXY_ADMIN_PORT };
  const port = Object.hasOwn(party.ports, name) ? party.ports[name] : undefined;
  if (port === undefined) {
    throw new Error(
      `${idOf(party)} has no port "${name}"; there are ${Object.keys(party.ports).join(', ') || 'none'}. Name one of them, or add it to the ports of the party.`,
    );
  }
  return port;
}
