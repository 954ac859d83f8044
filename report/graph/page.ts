import { createHash } from 'node:crypto';
import { escapeHtml, scriptJson } from './html';
import { type Layout, layoutOf } from './layout';
import type { FleetMap, MapEdge, MapNode } from './model';
import { portText } from './ports';
import { svgOf } from './svg';

/** The style and the script that every page carries. */
export interface Assets {
  readonly css: string;
  readonly js: string;
}

/** A longer list of connections is folded away. */
const FOLDED_FROM = 120;

/** One HTML file that shows a map and needs nothing else: no network, no other file. */
export function pageOf(map: FleetMap, assets: Assets): string {
  const layout = layoutOf(map);
  const body = `<header>
<h1>${escapeHtml(map.name)}</h1>
<p class="soft">${escapeHtml(summaryOf(map))}. An arrow leads from who may open a connection to who may be called, as the policies in the manifests allow. Point at a box to see both sides of it; click it, or press Enter on it, for the list of its connections.</p>
</header>
<main>
<div class="tools">
<input type="search" id="search" placeholder="Search names, ports, kinds ( / )" aria-label="Search names, ports, kinds, policies" autocomplete="off" spellcheck="false">
<span><button type="button" id="smaller" aria-label="Smaller">−</button> <button type="button" id="larger" aria-label="Larger">+</button> <button type="button" id="fit">Fit</button></span>
<label><input type="checkbox" id="all"> Show edges of shared ends</label>
<span id="status" role="status" class="soft"></span>
</div>
<ul class="legend">
<li>${sample('<path d="M0 6H30" stroke="var(--in)" stroke-width="2.2"/>')}may call the chosen one</li>
<li>${sample('<path d="M0 6H30" stroke="var(--out)" stroke-width="2.2"/>')}may be called by it</li>
<li>${sample('<path d="M0 6H30" stroke="var(--edge)" stroke-width="1.5" stroke-dasharray="7 4"/>')}way in from outside the cluster</li>
<li>${sample('<rect x="1" y="1" width="28" height="10" rx="3" fill="none" stroke="var(--soft)" stroke-dasharray="5 3"/>')}not rendered here</li>
<li>${sample('<circle cx="15" cy="6" r="4.5" fill="none" stroke="var(--mesh)" stroke-width="1.8"/><circle cx="15" cy="6" r="1" fill="var(--mesh)"/>')}in the mesh</li>
</ul>
<div class="view">
<div class="map" tabindex="-1">
${svgOf(map, layout)}
</div>
<aside class="panel empty" aria-label="The chosen box"></aside>
</div>
<details${map.edges.length > FOLDED_FROM ? '' : ' open'}>
<summary><h2>All connections</h2></summary>
<div class="table">
<table>
<thead><tr><th>From</th><th>To</th><th>Ports</th><th>What holds for it</th><th>Policies</th></tr></thead>
<tbody>
${map.edges.map((edge) => row(edge, map)).join('\n')}
</tbody>
</table>
</div>
</details>
</main>
<footer class="soft">Made by npm run graph; the same manifests give the same page.</footer>
<script type="application/json" id="data">${scriptJson(dataOf(map, layout))}</script>`;
  return document(map.name, body, assets.css, assets.js);
}

/** A page that leads to those of several clusters. */
export function indexOf(maps: readonly { readonly map: FleetMap; readonly href: string }[], css: string): string {
  const rows = maps.map(
    ({ map, href }) => `<tr><td><a href="${escapeHtml(href)}">${escapeHtml(map.name)}</a></td><td>${escapeHtml(summaryOf(map))}</td></tr>`,
  );
  const body = `<header><h1>Clusters</h1></header>
<main><div class="table"><table><thead><tr><th>Cluster</th><th>What the map shows</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div></main>
<footer class="soft">Made by npm run graph.</footer>`;
  return document('Clusters', body, css);
}

/** `14 workloads in 1 namespace, 40 connections, 2 ways in`. */
export function summaryOf(map: FleetMap): string {
  const workloads = map.nodes.filter(({ type }) => type === 'workload');
  const of = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;
  return [
    `${of(workloads.length, 'workload')} in ${of(new Set(workloads.map(({ namespace }) => namespace)).size, 'namespace')}`,
    of(map.edges.filter(({ type }) => type === 'call').length, 'connection'),
    of(map.edges.filter(({ type }) => type === 'exposure').length, 'way in', 'ways in'),
  ].join(', ');
}

function document(title: string, body: string, css: string, js?: string): string {
  // Nothing may be loaded: whatever a name in the manifests says, the browser asks nobody.
  const script = js === undefined ? '' : `; script-src 'sha256-${createHash('sha256').update(js).digest('base64')}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${script}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
${css}</style>
</head>
<body>
${body}
${js === undefined ? '' : `<script>${js}</script>\n`}</body>
</html>
`;
}

function sample(drawing: string): string {
  return `<svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true" fill="none">${drawing}</svg>`;
}

function row(edge: MapEdge, map: FleetMap): string {
  const name = (id: string) => map.nodes.find((node) => node.id === id)?.name ?? id;
  const policies = [...new Set([...edge.policies.egress, ...edge.policies.ingress])];
  const cells = [name(edge.from), name(edge.to), edge.ports.join(', '), edge.options.join('\n'), policies.join('\n')];
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell).replaceAll('\n', '<br>')}</td>`).join('')}</tr>`;
}

/** What the script needs, in the order of the drawing. */
function dataOf(map: FleetMap, layout: Layout) {
  return {
    size: [layout.width, layout.height],
    nodes: map.nodes.map((node) => {
      const box = layout.nodes.get(node.id);
      const facts = factsOf(node);
      return {
        id: node.id,
        name: node.name,
        facts,
        text: [node.name, ...facts.map(([, value]) => value)].join(' ').toLowerCase(),
        box: box === undefined ? [0, 0] : [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)],
      };
    }),
    edges: map.edges.map(({ from, to, ports, options, policies }) => ({
      from,
      to,
      ports,
      options,
      policies,
      text: [...ports, ...options, ...policies.egress, ...policies.ingress].join(' ').toLowerCase(),
    })),
  };
}

function factsOf(node: MapNode): readonly (readonly [string, string])[] {
  const kind = {
    workload: node.kind ?? 'pods',
    pods: 'pods, not rendered here',
    addresses: 'addresses',
    entry: `way in (${node.kind})`,
    hub: 'relation of many',
  };
  const ports = node.ports.map(({ port, protocol }) => portText({ protocol, first: port, last: port }, node.ports));
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['kind', kind[node.type]],
    ['namespace', node.namespace],
    [node.kind === 'CronJob' ? 'schedule' : 'pods', node.scale],
    ['nodes', node.nodeGroup],
    ['priority', node.priority],
    ['mesh', node.meshed === undefined ? undefined : node.meshed ? 'meshed' : 'not meshed'],
    ['ports', ports.join(', ') || undefined],
    ['more', node.notes.join(', ') || undefined],
  ];
  return facts.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}
