import { type Cidr, overlaps, parseCidr } from '../aws/cidr';
import { type CallOptions, type Edge, isJudgedByMesh, isPodEdge, isThroughMesh, type PodEdge, portOfEdge } from './edge';
import { type AddressParty, idOf, isPods, isProxied, type PodParty, portOf } from './party';
import { skippedOutbound } from './pod-annotations';

/** Ways out for a caller without a proxy. */
const WAYS_OUT =
  'Call a port that the callee states under `outsideMesh`, where the NetworkPolicy alone judges; take Kubernetes 1.29, from which on pods of Jobs are meshed; or connect to a database directly (`managedDatabase`).';

/**
 * What contradicts itself in the edges of a cluster, as messages for the reader.
 * @param parties - the pods that there are
 * @param podNetworks - ranges from which pods get their addresses
 */
export function edgeProblems(edges: readonly Edge[], parties: readonly PodParty[], podNetworks: readonly string[]): readonly string[] {
  const known = new Set(parties.map(idOf));
  const problems: string[] = parties.flatMap((party) => [...portProblems(party)]);
  const sound: PodEdge[] = [];
  const skipped = new Map(parties.map((party) => [idOf(party), skippedOutbound(party, edges)]));
  for (const edge of edges) {
    const ends = [edge.from, edge.to].filter((end) => isPods(end) && !known.has(idOf(end)));
    for (const end of ends)
      problems.push(`${call(edge)}: ${idOf(end)} does not run in this cluster. Take the call out here, or add what runs it.`);
    const port = attempt(() => portOfEdge(edge));
    if (port instanceof Error) problems.push(`${call(edge)}: ${port.message}`);
    else if (ends.length === 0 && isPodEdge(edge)) sound.push(edge);
  }
  return [
    ...problems,
    ...sound.flatMap((edge) => [...callerProblems(edge, podNetworks), ...passedBy(edge, skipped), ...optionProblems(edge)]),
    ...disagreements(sound),
  ];
}

/** A port that the caller's proxy leaves alone for an outside server's sake is left alone everywhere. */
function* passedBy(edge: PodEdge, skipped: ReadonlyMap<string, readonly number[]>): Iterable<string> {
  const { from } = edge;
  const { number } = portOf(edge.to, edge.port);
  if (!isThroughMesh(edge) || !isPods(from) || skipped.get(idOf(from))?.includes(number) !== true) return;
  yield `${call(edge)}: its number, ${number}, is also that of an outside server that speaks first, which the caller's proxy has to leave alone: the call would arrive without the caller's identity. Give one of the two another port.`;
}

/** Callers that the callee's proxy cannot let in. */
function* callerProblems(edge: PodEdge, podNetworks: readonly string[]): Iterable<string> {
  if (!isJudgedByMesh(edge)) return;
  const { from, to, port } = edge;
  if (isPods(from)) {
    if (!from.meshed) {
      yield `${call(edge)}: ${idOf(from)} is outside the mesh, and port "${port}" of ${idOf(to)} is inside, where callers prove who they are. ${WAYS_OUT}`;
    }
    return;
  }
  const shared = podNetworks.find((network) => holds(from, network));
  if (shared !== undefined) {
    yield `${call(edge)}: ${idOf(from)} includes ${shared}, from which pods get their addresses: letting it in would let every pod in, unproven. State port "${port}" under \`outsideMesh\` of ${idOf(to)}.`;
  }
}

/** Options that no proxy would act on. */
function* optionProblems(edge: PodEdge): Iterable<string> {
  const options = edge.options ?? {};
  const stated = shown(options);
  // Where there is no mesh at all the platform's options wait for one.
  if (stated === '' || (isPods(edge.from) && !edge.from.meshed && !edge.to.meshed)) return;
  const port = portOf(edge.to, edge.port);
  const { mesh } = port;
  const { retries = 0, rateLimit } = options;
  if (!isPods(edge.from) || !edge.from.meshed || !edge.to.meshed || !isProxied(port)) {
    yield `${call(edge)} with ${stated}, but no proxy of the mesh stands between them to act on it. Leave the options out.`;
  } else if (mesh === 'opaque' || mesh === 'TLS') {
    yield `${call(edge)} with ${stated}, but the mesh sees no requests on a port whose protocol is ${mesh}. Leave the options out.`;
  } else if (mesh === 'gRPC' && retries > 0) {
    yield `${call(edge)} with ${retries} retries, but only GET and HEAD are sent again, and gRPC has neither. Leave \`retries\` out.`;
  }
  if (edge.direct === true && wish(options) !== wish({})) {
    yield `${call(edge)} with ${stated}, but past the Service, whose routes it would take. Leave the options out.`;
  }
  for (const problem of routeProblems(options)) yield `${call(edge)} with ${problem}`;
  const total = portOf(edge.to, edge.port).rateLimit?.total ?? Number.POSITIVE_INFINITY;
  if (rateLimit !== undefined && (!Number.isInteger(rateLimit) || rateLimit < 1)) {
    yield `${call(edge)} with rateLimit ${rateLimit}; expected requests per second, a whole number from 1.`;
  } else if (rateLimit !== undefined && rateLimit > total) {
    yield `${call(edge)} with rateLimit ${rateLimit}, but the port takes ${total} in all. Raise \`total\`, or lower this limit.`;
  }
}

/** Values of timeouts and retries that Linkerd would not take. */
function* routeProblems({ timeout, retries = 0, tryTimeout }: CallOptions): Iterable<string> {
  for (const [name, value] of Object.entries({ timeout, tryTimeout })) {
    if (value !== undefined && !/^[1-9]\d*(ms|s|m)$/.test(value)) yield `${name} '${value}'; expected a duration as '500ms' or '2s'.`;
  }
  if (!Number.isInteger(retries) || retries < 0) yield `${retries} retries; expected 0 or a whole number above.`;
  else if (tryTimeout !== undefined && retries === 0)
    yield `tryTimeout '${tryTimeout}' but no \`retries\`: nothing is sent again. State both, or neither.`;
}

/** What a party says of its own ports and Linkerd would not take. */
function* portProblems(party: PodParty): Iterable<string> {
  for (const [name, { rateLimit = {}, routes = {} }] of Object.entries(party.ports)) {
    const where = `${idOf(party)}, port "${name}"`;
    const { total = Number.POSITIVE_INFINITY, perCaller = 1 } = rateLimit;
    if (perCaller > total)
      yield `${where}: rateLimit.perCaller is ${perCaller}, but the port takes ${total} in all. Raise \`total\`, or lower it.`;
    for (const [route, stated] of Object.entries(routes)) {
      const { path, method = 'GET', retries = 0 } = stated;
      if (!path.startsWith('/')) yield `${where}: route "${route}" has path '${path}'; expected one that begins with /.`;
      if (retries > 0 && method !== 'GET' && method !== 'HEAD')
        yield `${where}: route "${route}" sends ${method} again, but only GET and HEAD are. Leave \`retries\` out.`;
      for (const problem of routeProblems(stated)) yield `${where}: route "${route}" with ${problem}`;
    }
  }
}

/** Ports whose callers want different things of the one route that holds for all of them. */
function* disagreements(edges: readonly PodEdge[]): Iterable<string> {
  const ports = new Map<string, PodEdge[]>();
  for (const edge of edges) {
    if (edge.direct === true || !isJudgedByMesh(edge)) continue;
    const key = `port "${edge.port}" of ${idOf(edge.to)}`;
    ports.set(key, [...(ports.get(key) ?? []), edge]);
  }
  for (const [key, callers] of ports) {
    const wishes = new Map(callers.map(({ from, options = {} }) => [idOf(from), wish(options)]));
    if (new Set(wishes.values()).size < 2) continue;
    const list = [...wishes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([caller, wanted]) => `${caller}: ${wanted}`);
    yield `${key}: its callers want different timeouts or retries, but a route of the mesh holds for all who call the port. Agree on one, or give the callee \`routes\` by path in its \`traffic\`:\n  ${list.join('\n  ')}`;
  }
}

const call = ({ from, to, port }: Edge): string => `${idOf(from)} calls ${isPods(to) ? `"${port}"` : port} of ${idOf(to)}`;

const wish = ({ timeout = 'none', retries = 0, tryTimeout }: CallOptions): string =>
  `timeout ${timeout}, retries ${retries}${tryTimeout === undefined ? '' : `, tryTimeout ${tryTimeout}`}`;

const shown = (options: CallOptions): string =>
  Object.entries(options)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    .join(', ');

/** Whether addresses share one with a network; exceptions that cover it whole are respected. */
function holds({ blocks }: AddressParty, network: string): boolean {
  const inner = parseCidr(network);
  if (inner === undefined) return true;
  const covers = (outer: Cidr) => outer.first <= inner.first && inner.last <= outer.last;
  return blocks.some(({ cidr, except = [] }) => {
    const block = parseCidr(cidr);
    const left = except.flatMap((each) => parseCidr(each) ?? []).some(covers);
    return block === undefined || (overlaps(block, inner) && !left);
  });
}

function attempt<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
