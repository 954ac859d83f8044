import type { FleetMap, MapEdge, MapNode } from './model';
import { compareText, portText } from './ports';

/** Mermaid's own limit. */
const MOST_ARROWS = 500;
const ARROW = /^ {2}[nm]\d+ (?:-->|==>)/;

/** Longest list of workloads that is written out. */
const LISTED = 12;

/**
 * A map as a Mermaid flowchart: a subgraph per namespace, an arrow per caller and callee with its ports. Ends that most workloads
 * share have one arrow for all workloads with the same ports.
 */
export function mermaidOf(map: FleetMap): string {
  const ids = new Map(map.nodes.map(({ id }, i) => [id, `n${i + 1}`]));
  const idOf = (id: string) => ids.get(id) ?? 'unknown';
  const lines = ['---', `title: ${JSON.stringify(map.name)}`, '---', 'flowchart LR'];
  const draw = (node: MapNode, indent: string) => lines.push(`${indent}${idOf(node.id)}${shape(node)}:::${classOf(node)}`);

  const inside = map.nodes.filter(({ type }) => type === 'workload');
  for (const [i, namespace] of [...new Set(inside.map((node) => node.namespace ?? ''))].sort(compareText).entries()) {
    lines.push(`  subgraph ns${i + 1}["${text(`namespace ${namespace}`)}"]`);
    for (const node of inside.filter((each) => each.namespace === namespace)) draw(node, '    ');
    lines.push('  end');
  }
  for (const node of map.nodes) if (node.type !== 'workload') draw(node, '  ');

  const common = new Set(map.nodes.filter((node) => node.common).map(({ id }) => id));
  const own = map.edges.filter(({ from, to }) => !common.has(from) && !common.has(to));
  for (const edge of own) lines.push(`  ${idOf(edge.from)} ${arrow(edge)} ${idOf(edge.to)}`);
  lines.push(...sharedLines(map, idOf));

  const arrows = lines.filter((line) => ARROW.test(line)).length;
  if (arrows >= MOST_ARROWS) lines.push(`  %% ${arrows} arrows: Mermaid draws ${MOST_ARROWS} or more only where its maxEdges allows it`);

  lines.push(
    '  classDef meshed stroke-width:3px',
    '  classDef plain stroke-width:1px',
    '  classDef outside stroke-dasharray:4 3',
    '  classDef entry stroke-width:2px',
    '  classDef many stroke-dasharray:1 3',
  );
  return `${lines.join('\n')}\n`;
}

/** An arrow for all workloads that have the same ports with a shared end, from a node that lists them. */
function* sharedLines(map: FleetMap, idOf: (id: string) => string): Iterable<string> {
  const names = new Map(map.nodes.map(({ id, name }) => [id, name]));
  const workloads = map.nodes.filter(({ type }) => type === 'workload');
  let many = 0;
  for (const { id } of map.nodes.filter((node) => node.common)) {
    const groups = new Map<string, MapEdge[]>();
    for (const edge of map.edges.filter(({ from, to }) => from === id || to === id)) {
      const key = `${edge.to === id} ${edge.ports.join(', ')}`;
      groups.set(key, [...(groups.get(key) ?? []), edge]);
    }
    for (const edges of groups.values()) {
      const [first] = edges;
      if (first === undefined) continue;
      const inwards = first.to === id;
      const others = edges.map(({ from, to }) => (inwards ? from : to));
      const [only] = others;
      if (others.length === 1 && only !== undefined) {
        yield `  ${idOf(first.from)} ${arrow(first)} ${idOf(first.to)}`;
        continue;
      }
      many += 1;
      const list =
        others.length === workloads.length ? ['all workloads'] : others.map((other) => names.get(other) ?? other).sort(compareText);
      const shown = list.length > LISTED ? [...list.slice(0, LISTED), `and ${list.length - LISTED} more`] : list;
      yield `  m${many}["${shown.map(text).join('<br>')}"]:::many`;
      yield inwards ? `  m${many} ${arrow(first)} ${idOf(id)}` : `  ${idOf(id)} ${arrow(first)} m${many}`;
    }
  }
}

function arrow({ type, ports, options }: MapEdge): string {
  const limits = type === 'call' ? options.map((option) => option.replace(/ \([^()]*\)$/, '')) : [];
  const label = [ports.join(', '), ...limits].filter((line) => line !== '').map(text);
  return `${type === 'call' ? '-->' : '==>'}${label.length === 0 ? '' : `|"${label.join('<br>')}"|`}`;
}

function shape(node: MapNode): string {
  const about = [node.kind, node.scale, node.nodeGroup].filter((part) => part !== undefined).join(', ');
  const ports = node.ports.map(({ port, protocol }) => portText({ protocol, first: port, last: port }, node.ports)).join(', ');
  const place = node.type === 'pods' ? `namespace ${node.namespace}` : '';
  const notes = node.type === 'addresses' ? node.notes : [];
  const lines = [node.name, about, place, node.meshed === true ? 'in the mesh' : '', node.type === 'workload' ? ports : '', ...notes];
  const label = `"${[...new Set(lines)]
    .filter((line) => line !== '')
    .map(text)
    .join('<br>')}"`;
  if (node.type === 'entry') return `([${label}])`;
  if (node.type === 'addresses') return `[(${label})]`;
  return `[${label}]`;
}

function classOf({ type, meshed }: MapNode): string {
  if (type === 'entry') return 'entry';
  if (type !== 'workload') return 'outside';
  return meshed === true ? 'meshed' : 'plain';
}

/** A text inside quotes: Mermaid reads HTML and its own `#…;` entities there. */
function text(value: string): string {
  return value.replace(/[#&<>"`\\]/g, (found) => `#${found.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
