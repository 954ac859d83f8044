import { type AddressParty, isPods, isProxied, type Party, type PartyPort, type PodParty, portOf } from './party';

/** What a caller may say of one call. */
export interface CallOptions {
  /** Longest time that a request may take with all its tries, as `2s`. One value per port: the callers have to agree. @default - no limit */
  readonly timeout?: string;
  /** How often a failed (status 5xx) GET or HEAD is sent again. One value per port: the callers have to agree. @default 0 */
  readonly retries?: number;
  /** Time after which a try counts as failed and is sent again, as `500ms`. One value per port. @default - a try has all the time of `timeout` */
  readonly tryTimeout?: string;
  /** Requests per second that each pod of the callee takes from this caller; more get status 429. @default - the callee's limit, if it has one */
  readonly rateLimit?: number;
}

interface AnyEdge {
  /** What is done there, for readers: stands beside the rule. @default - nothing */
  readonly why?: string;
}

/** A connection to a named port of pods. */
export interface PodEdge extends AnyEdge {
  readonly from: Party;
  readonly to: PodParty;
  /** Name of the port. */
  readonly port: string;
  /** Whether the caller goes to the pods' own addresses, past the Service and so past its routes, as a scrape does. @default false */
  readonly direct?: boolean;
  /** @default - none */
  readonly options?: CallOptions;
}

/** A connection to a TCP port at addresses. */
export interface AddressEdge extends AnyEdge {
  readonly from: PodParty;
  readonly to: AddressParty;
  readonly port: number;
  /** Whether the caller's first bytes are TLS's, so that its proxy need not wait for others. @default - on port 443 */
  readonly tlsFirst?: boolean;
}

/** Who may connect to what: the only source of NetworkPolicies and of the mesh's policies. */
export type Edge = PodEdge | AddressEdge;

/** Whether an edge ends at pods. */
export const isPodEdge = (edge: Edge): edge is PodEdge => isPods(edge.to);

/** The port at the end of an edge. @throws when the callee has none of this name */
export const portOfEdge = (edge: Edge): PartyPort => (isPodEdge(edge) ? portOf(edge.to, edge.port) : { number: edge.port });

/** Whether the connection goes from proxy to proxy: it arrives on the proxy's port then, and the mesh judges who calls. */
export function isThroughMesh(edge: Edge): boolean {
  return isPodEdge(edge) && edge.to.meshed && isPods(edge.from) && edge.from.meshed && isProxied(portOf(edge.to, edge.port));
}

/** Whether the callee's proxy judges who calls. */
export const isJudgedByMesh = (edge: PodEdge): boolean => edge.to.meshed && isProxied(portOf(edge.to, edge.port));

/** How facts and messages name an edge: `authorworks-gateway calls http of authorworks-content`. */
export function describeEdge({ from, to, port, why }: Edge): string {
  return `${from.name} calls ${port} of ${to.name}${why === undefined ? '' : `: ${why}`}`;
}
