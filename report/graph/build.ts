import type { ClusterFacts } from '../../checks/facts';
import type { PodPort, PortRange } from '../../checks/reachability/model';
import type { ReachPods } from '../../checks/reachability/pods';
import { reach } from '../../checks/reachability/reach';
import type { SourcedObject } from '../../synth/object';
import { addressNames } from './addresses';
import { assumedPods } from './assumed';
import { policiesBehind } from './behind';
import { type Connection, connectionsOf, type MapEnd } from './connections';
import { exposuresOf } from './exposure';
import { rateLimitsOf } from './mesh';
import type { FleetMap, MapEdge, MapNode, NodeType } from './model';
import { compareText, portText, portTexts } from './ports';
import { routesOf } from './routes';
import { servicesOf } from './services';
import { hostNodes, podNode } from './workload';

/** From this many workloads on, pods that most of them share are drawn apart; addresses, which people look for, later. */
const COMMON_FROM = { pods: 6, addresses: 25 };

/** The map of one cluster: who may call whom is what policies let through. */
export function mapOf(name: string, objects: readonly SourcedObject[], facts: Partial<ClusterFacts>): FleetMap {
  const known = [...(facts.foreignPods ?? [])];
  const rendered = reach(objects, facts).judge.pods;
  const foreignPods = [...known, ...assumedPods(objects, rendered)];
  const { judge, edges: open } = reach(objects, { ...facts, foreignPods });
  const services = servicesOf(objects, judge.pods);
  const routes = routesOf(objects, services);
  const rateLimits = rateLimitsOf(objects, judge);

  const connections = connectionsOf(open, judge.pods, addressNames(objects, facts));
  const nodes = new Map<string, MapNode>(hostNodes(objects, facts).map((node) => [node.id, node]));
  for (const group of judge.pods) nodes.set(group.id, { ...podNode(group, objects, facts), notes: routes.circuitBreaking(group) });
  for (const end of connections.flatMap(({ from, to }) => [from, to])) {
    const node = endNode(end);
    if (node !== undefined) nodes.set(node.id, node);
  }

  const optionsOf = (connection: Connection): readonly string[] => {
    const [caller, callee] = [podsOf(connection.from), podsOf(connection.to)];
    if (callee?.meshed !== true || caller === undefined) return [];
    const ports = callee.ports.filter((port) => connection.ranges.some((range) => holds(range, port)));
    const lines = ports.flatMap(({ port }) => [...(caller.meshed ? routes.of(callee, port) : []), ...rateLimits(callee, port, caller)]);
    return [...new Set(lines)];
  };
  const edges = connections.map((connection): MapEdge => {
    const { from, to, ranges } = connection;
    const ports = portTexts(ranges, podsOf(to)?.ports);
    return { type: 'call', from: from.id, to: to.id, ports, options: optionsOf(connection), policies: policiesBehind(connection, judge) };
  });
  const entries = entryEdges(exposuresOf(objects, services));
  for (const { node } of entries) nodes.set(node.id, node);
  return { name, ...sorted([...nodes.values()], [...edges, ...entries.map(({ edge }) => edge)]) };
}

function podsOf(end: MapEnd): ReachPods | undefined {
  return 'pods' in end ? end.pods : undefined;
}

function holds({ protocol, first, last }: PortRange, port: PodPort): boolean {
  return port.protocol === protocol && first <= port.port && port.port <= last;
}

/** Nodes of ends that are no pods. */
function endNode(end: MapEnd): MapNode | undefined {
  if ('pods' in end) return undefined;
  const common = { id: end.id, ports: [], common: false };
  if ('addresses' in end) return { ...common, type: 'addresses', name: end.addresses.name, notes: end.addresses.ranges };
  const notes = [`each of ${end.callers} callers may call each of ${end.callees} others: no policy tells them apart`];
  return { ...common, type: 'hub', name: `${end.callers} to ${end.callees} workloads`, notes };
}

/** An edge for every entry and callee, with what all of its Ingresses and routes say. */
function entryEdges(exposures: ReturnType<typeof exposuresOf>): readonly { readonly node: MapNode; readonly edge: MapEdge }[] {
  const found = new Map<string, { readonly node: MapNode; readonly edge: MapEdge }>();
  for (const { entry, kind, backend, options } of exposures) {
    const id = `entry ${entry}`;
    const key = `${id}\n${backend.pods.id}`;
    const before = found.get(key)?.edge;
    const { port } = backend;
    const text = port === undefined ? [] : [portText({ protocol: 'TCP', first: port, last: port }, backend.pods.ports)];
    const edge: MapEdge = {
      type: 'exposure',
      from: id,
      to: backend.pods.id,
      ports: [...new Set([...(before?.ports ?? []), ...text])].sort(compareText),
      options: [...new Set([...(before?.options ?? []), ...options])],
      policies: { egress: [], ingress: [] },
    };
    found.set(key, { node: { id, type: 'entry', name: entry, kind, ports: [], notes: [], common: false }, edge });
  }
  return [...found.values()];
}

const TYPES: readonly NodeType[] = ['workload', 'pods', 'addresses', 'hub', 'entry'];

function sorted(nodes: readonly MapNode[], edges: readonly MapEdge[]): Pick<FleetMap, 'nodes' | 'edges'> {
  const workloads = new Set(nodes.filter(({ type }) => type === 'workload').map(({ id }) => id));
  const partners = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    for (const [end, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const set = partners.get(end) ?? new Set();
      if (workloads.has(other)) set.add(other);
      partners.set(end, set);
    }
  }
  const isCommon = ({ id, type }: MapNode) => {
    const count = partners.get(id)?.size ?? 0;
    if (type !== 'pods' && type !== 'addresses') return type === 'hub';
    return count >= COMMON_FROM[type] && count * 2 > workloads.size;
  };
  return {
    nodes: nodes
      // An end that nothing reaches and that reaches nothing says nothing; a workload without edges does.
      .filter(({ id, type }) => type === 'workload' || partners.has(id))
      .map((node) => ({ ...node, common: isCommon(node) }))
      .sort((a, b) => TYPES.indexOf(a.type) - TYPES.indexOf(b.type) || compareText(a.id, b.id)),
    edges: [...edges].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.type, b.type)),
  };
}
