import { groupOf, type KubeObject, type SourcedObject } from '../../synth/object';
import { at, listAt, mapAt, numberAt, textAt } from '../at';
import type { LabelIndex } from '../label-index';
import { type Lookup, lookup, namespaceOf } from '../lookup';
import { type LabelSelector, selects } from '../selectors';
import { type Clients, defaultClients, POLICY_GROUP, policyClients, refersTo, serverAuthorizationClients } from './linkerd-clients';
import type { ReachPods } from './pods';
import { NO_PORTS, type PortSet, portSet, TCP_PORTS, tcp } from './port-set';
import { difference, intersection, union } from './spans';

/** Port on which the proxy takes connections of other proxies, for all ports of its pod. */
export const PROXY_PORT: PortSet = tcp(4143);
/** Ports of the proxy itself (control and metrics): never behind 4143, but under the same policy. */
export const META_PORTS: PortSet = tcp(4190, 4191);
/** Ports that bypass the proxy where no annotation says which: Linkerd's `ignoreInboundPorts`. */
const DEFAULT_SKIPPED = '4567,4568';

/** Ports of some pods, and who may call them. */
export interface Grant {
  readonly ports: PortSet;
  readonly clients: Clients;
  /** The AuthorizationPolicy, ServerAuthorization or Server; `undefined` for the default policy of the pods. */
  readonly by?: SourcedObject;
}

/** What Linkerd says of calls to some meshed pods. */
export interface InboundPolicy {
  readonly grants: readonly Grant[];
  /** Ports that bypass the proxy, so that NetworkPolicy alone judges them. */
  readonly skipped: PortSet;
  /** Servers by the ports that they select here. */
  readonly servers: readonly { readonly server: SourcedObject; readonly ports: PortSet }[];
  /** The default policy's word. */
  readonly byDefault: string;
}

/** Inbound policies of meshed pods, as Linkerd's policy controller makes them. */
export function linkerdPolicies(objects: readonly SourcedObject[], index: LabelIndex<ReachPods>): (pods: ReachPods) => InboundPolicy {
  const all = lookup(objects);
  const servers = serversByPods(sorted(all.all(POLICY_GROUP, 'Server')), index);
  const grants = grantReader(all);
  const known = new Map<ReachPods, InboundPolicy>();
  const make = (pods: ReachPods): InboundPolicy => {
    const selected = withoutOverlap(servers.get(pods) ?? [], pods);
    const byDefault = defaultPolicy(all, pods);
    const rest = difference(TCP_PORTS, union(...selected.map(({ ports }) => ports)));
    return {
      grants: [
        ...selected.flatMap(({ server, ports }) => grants(server).map((grant) => ({ ports, ...grant }))),
        ...defaultGrants(byDefault, rest, annotatedPorts(pods, 'config.linkerd.io/proxy-require-identity-inbound-ports', '')),
      ],
      skipped: difference(annotatedPorts(pods, 'config.linkerd.io/skip-inbound-ports', DEFAULT_SKIPPED), union(PROXY_PORT, META_PORTS)),
      servers: selected,
      byDefault,
    };
  };
  return (pods) => {
    const found = known.get(pods) ?? make(pods);
    known.set(pods, found);
    return found;
  };
}

/** What a default policy grants on the ports that no Server selects; some of them may need an identity in any case. */
function defaultGrants(policy: string, ports: PortSet, authenticated: PortSet): readonly Grant[] {
  return (defaultClients(policy) ?? []).flatMap((clients): readonly Grant[] => {
    // `audit` lets in whom it reports, whatever else is required.
    if (policy === 'audit' || authenticated.length === 0) return [{ ports, clients }];
    return [
      { ports: difference(ports, authenticated), clients },
      { ports: intersection(ports, authenticated), clients: { ...clients, identities: 'any meshed' } },
    ];
  });
}

/** Ports whose calls leave the pods without their proxy, and so without an identity. */
export function skippedOutbound(pods: ReachPods): PortSet {
  return annotatedPorts(pods, 'config.linkerd.io/skip-outbound-ports', DEFAULT_SKIPPED);
}

/** Pods first, then the namespace at the time when the pods were made; an unknown word counts as none. */
function defaultPolicy(all: Lookup, { annotations, namespace }: ReachPods): string {
  const annotation = 'config.linkerd.io/default-inbound-policy';
  const word = annotations[annotation] ?? textAt(all.find('', 'Namespace', namespace)?.object, 'metadata', 'annotations', annotation);
  return word !== undefined && defaultClients(word) !== undefined ? word : 'all-unauthenticated';
}

function serversByPods(servers: readonly SourcedObject[], index: LabelIndex<ReachPods>): ReadonlyMap<ReachPods, readonly SourcedObject[]> {
  const found = new Map<ReachPods, SourcedObject[]>();
  for (const server of servers) {
    const selector = at(server.object, 'spec', 'podSelector') as LabelSelector | undefined;
    for (const pods of index.select(namespaceOf(server.object), selector)) push(found, pods, server);
  }
  return found;
}

/** A port belongs to one Server: where two select it, to the first by name (all of one commit are of the same age). */
function withoutOverlap(servers: readonly SourcedObject[], pods: ReachPods): InboundPolicy['servers'] {
  let taken: PortSet = NO_PORTS;
  return servers.flatMap((server) => {
    const ports = difference(serverPorts(server, pods), taken);
    taken = union(taken, ports);
    return ports.length === 0 ? [] : [{ server, ports }];
  });
}

/** Ports of pods that a Server means: its number, or all TCP ports of its name. */
export function serverPorts({ object }: SourcedObject, pods: ReachPods): PortSet {
  const number = numberAt(object, 'spec', 'port');
  if (number !== undefined) return tcp(number);
  const name = textAt(object, 'spec', 'port');
  return tcp(...pods.ports.filter((port) => port.name === name && port.protocol === 'TCP').map(({ port }) => port));
}

/** Who may call a Server: what its authorizations and those of its routes say, and its `accessPolicy`. */
function grantReader(all: Lookup): (server: SourcedObject) => readonly Omit<Grant, 'ports'>[] {
  const policies = policiesByTarget(sorted(all.all(POLICY_GROUP, 'AuthorizationPolicy')));
  const legacy = new Map<string, SourcedObject[]>();
  for (const by of sorted(all.all(POLICY_GROUP, 'ServerAuthorization'))) push(legacy, namespaceOf(by.object), by);
  const routes = new Map<string, SourcedObject[]>();
  for (const route of ROUTE_KINDS.flatMap(([group, kind]) => all.all(group, kind))) {
    for (const parent of parentsOf(route.object)) push(routes, `${namespaceOf(route.object)}/${parent}`, route);
  }
  const known = new Map<SourcedObject, readonly Omit<Grant, 'ports'>[]>();
  const make = (server: SourcedObject) => {
    const { object } = server;
    const namespace = namespaceOf(object);
    const { name } = object.metadata;
    const attached = readsHttp(server) ? (routes.get(`${namespace}/${name}`) ?? []) : [];
    // An open route is an open port.
    const targets = [
      `${namespace}/server/${name}`,
      `${namespace}/namespace`,
      ...attached.map((route) => routeTarget(namespace, route.object)),
    ];
    const granted: Omit<Grant, 'ports'>[] = [];
    for (const by of targets.flatMap((target) => policies.get(target.toLowerCase()) ?? [])) {
      const clients = policyClients(by, all);
      if (clients !== undefined) granted.push({ by, clients });
    }
    for (const by of legacy.get(namespace) ?? []) {
      const clients = selectsServer(by, server) ? serverAuthorizationClients(by) : undefined;
      if (clients !== undefined) granted.push({ by, clients });
    }
    const access = defaultClients(textAt(object, 'spec', 'accessPolicy') ?? 'deny') ?? [];
    return [...granted, ...access.map((clients) => ({ by: server, clients }))];
  };
  return (server) => {
    const found = known.get(server) ?? make(server);
    known.set(server, found);
    return found;
  };
}

/** AuthorizationPolicies by what they are about: a Server, a route, or all of their own namespace, whatever name they give it. */
function policiesByTarget(policies: readonly SourcedObject[]): ReadonlyMap<string, readonly SourcedObject[]> {
  const found = new Map<string, SourcedObject[]>();
  for (const policy of policies) {
    const namespace = namespaceOf(policy.object);
    const ref = mapAt(policy.object, 'spec', 'targetRef');
    const name = textAt(ref, 'name') ?? '';
    let target = routeTarget(namespace, { apiVersion: textAt(ref, 'group') ?? '', kind: textAt(ref, 'kind') ?? '', metadata: { name } });
    if (refersTo(ref, '', 'Namespace')) target = `${namespace}/namespace`;
    else if (refersTo(ref, POLICY_GROUP, 'Server')) target = `${namespace}/server/${name}`;
    push(found, target.toLowerCase(), policy);
  }
  return found;
}

function routeTarget(namespace: string, { apiVersion, kind, metadata }: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): string {
  return `${namespace}/${groupOf({ apiVersion: `${apiVersion}/` })}/${kind}/${metadata.name}`;
}

/** Kinds of routes that Linkerd attaches to Servers. */
export const ROUTE_KINDS = [
  [POLICY_GROUP, 'HTTPRoute'],
  ['gateway.networking.k8s.io', 'HTTPRoute'],
  ['gateway.networking.k8s.io', 'GRPCRoute'],
] as const;

/** Routes hold for proxies that read HTTP. */
function readsHttp({ object }: SourcedObject): boolean {
  const protocol = textAt(object, 'spec', 'proxyProtocol');
  return protocol !== 'opaque' && protocol !== 'TLS';
}

/** Names of the Servers that a route is attached to. */
export function parentsOf(route: unknown): readonly string[] {
  return listAt(route, 'spec', 'parentRefs').flatMap((ref) => (refersTo(ref, POLICY_GROUP, 'Server') ? [textAt(ref, 'name') ?? ''] : []));
}

/** Does a ServerAuthorization select a Server, by name or by labels? */
export function selectsServer({ object }: SourcedObject, server: SourcedObject): boolean {
  const name = textAt(object, 'spec', 'server', 'name');
  if (name !== undefined) return name === server.object.metadata.name;
  const selector = mapAt(object, 'spec', 'server', 'selector') as LabelSelector;
  return selects(selector, mapAt(server.object, 'metadata', 'labels'));
}

/** Ports of a comma-separated annotation with ranges; none when Linkerd cannot read it. */
function annotatedPorts({ annotations }: ReachPods, annotation: string, otherwise: string): PortSet {
  const parts = String(annotations[annotation] ?? otherwise)
    .split(',')
    .map((part) => part.trim());
  const sets: PortSet[] = [];
  for (const part of parts) {
    if (part === '') continue;
    const [, first, last = first] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(part) ?? [];
    const range = { protocol: 'TCP', first: Number(first), last: Number(last) } as const;
    if (first === undefined || range.first < 1 || range.last > 65_535 || range.first > range.last) return NO_PORTS;
    sets.push(portSet(range));
  }
  return sets.length === 0 ? NO_PORTS : union(...sets);
}

/** In the order of names, which is Linkerd's for objects of one age. */
function sorted(subjects: readonly SourcedObject[]): readonly SourcedObject[] {
  return [...subjects].sort((a, b) => (a.object.metadata.name < b.object.metadata.name ? -1 : 1));
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
