import { escapeHtml } from './html';
import type { Layout } from './layout';
import type { FleetMap, MapNode } from './model';
import type { Box } from './paths';
import { portText } from './ports';

/** Letters that fit a box, by line. */
const FITS = { title: 22, meshed: 20, more: 28 };

/** A map as SVG: areas, then edges, then nodes. Each node can be focused and carries its whole description as label. */
export function svgOf(map: FleetMap, layout: Layout): string {
  const common = new Set(map.nodes.filter((node) => node.common).map(({ id }) => id));
  const name = new Map(map.nodes.map((node) => [node.id, node.name]));
  const areas = layout.areas.map(
    (area) =>
      `<g class="area"><rect ${place(area)} rx="10"/><text x="${num(area.x + 12)}" y="${num(area.y + 19)}">${escapeHtml(area.title)}</text></g>`,
  );
  const edges = map.edges.map((edge, i) => {
    const kind = `edge ${edge.type}${common.has(edge.from) || common.has(edge.to) ? ' common' : ''}`;
    const ends = `data-from="${escapeHtml(edge.from)}" data-to="${escapeHtml(edge.to)}"`;
    return `<path class="${kind}" ${ends} d="${layout.paths[i] ?? ''}" marker-end="url(#arrow)"><title>${escapeHtml(`${name.get(edge.from)} → ${name.get(edge.to)} ${edge.ports.join(', ')}`)}</title></path>`;
  });
  const nodes = map.nodes.map((node) => drawn(node, layout.nodes.get(node.id) ?? { x: 0, y: 0, width: 0, height: 0 }));
  const size = `width="${num(layout.width)}" height="${num(layout.height)}" viewBox="0 0 ${num(layout.width)} ${num(layout.height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="group" aria-label="${escapeHtml(`Map of ${map.name}`)}">`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5L8 4L0 7.5z"/></marker></defs>',
    ...areas,
    '<g class="edges">',
    ...edges,
    '</g>',
    '<g class="nodes">',
    ...nodes,
    '</g>',
    '</svg>',
  ].join('\n');
}

function drawn(node: MapNode, box: Box): string {
  const [title, ...more] = linesOf(node);
  const texts = more
    .slice(0, 2)
    .map(
      (line, i) =>
        `<text class="more" x="${num(box.x + 11)}" y="${num(box.y + 38 + i * 16)}">${escapeHtml(line.length > FITS.more ? `${line.slice(0, FITS.more - 1)}…` : line)}</text>`,
    );
  const mesh =
    node.meshed === true
      ? `<g class="mesh"><title>in the mesh</title><circle cx="${num(box.x + box.width - 15)}" cy="${num(box.y + 15)}" r="5"/><circle cx="${num(box.x + box.width - 15)}" cy="${num(box.y + 15)}" r="1"/></g>`
      : '';
  return [
    `<g class="node ${node.type}" data-id="${escapeHtml(node.id)}" tabindex="0" role="button" aria-pressed="false" aria-label="${escapeHtml(linesOf(node).join(', '))}">`,
    `<title>${escapeHtml([title, ...more].join('\n'))}</title><rect class="box" ${place(box)} rx="${node.type === 'entry' ? '18' : '7'}"/>`,
    `<text class="title" x="${num(box.x + 11)}" y="${num(box.y + 20)}">${escapeHtml(shortened(shortName(node), node.meshed === true ? FITS.meshed : FITS.title))}</text>`,
    ...texts,
    `${mesh}</g>`,
  ].join('');
}

/** What a box says, most important first: its name, what it is, its ports or ranges. */
function linesOf(node: MapNode): readonly [string, ...string[]] {
  const ports = node.ports.map(({ port, protocol }) => portText({ protocol, first: port, last: port }, node.ports)).join(' · ');
  const about = [node.kind, node.scale, node.nodeGroup].filter((part) => part !== undefined).join(' · ');
  const rest =
    node.type === 'workload'
      ? [about, ports]
      : node.type === 'pods'
        ? [`in ${node.namespace}`, ports]
        : node.type === 'entry'
          ? [about]
          : node.notes;
  return [node.name, ...rest.filter((line) => line !== '' && line !== node.name)];
}

/** Without the namespace, where names begin with it: its title stands above the box. */
function shortName({ name, namespace, type }: MapNode): string {
  return type === 'workload' && name.startsWith(`${namespace}-`) ? name.slice(`${namespace}-`.length) : name;
}

/** The end of a name tells more than its middle. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.floor(length / 3);
  return `${text.slice(0, length - tail - 1)}…${text.slice(-tail)}`;
}

function place({ x, y, width, height }: Box): string {
  return `x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}"`;
}

function num(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}
