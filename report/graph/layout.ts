import { layersOf } from './layers';
import type { FleetMap, MapEdge, MapNode } from './model';
import { type Box, curve, GAP, straight } from './paths';
import { compareText } from './ports';

/** Where a map's parts are drawn. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** By the nodes' ids. */
  readonly nodes: ReadonlyMap<string, Box>;
  /** Namespaces, and the areas of what is outside the folder; in the order of drawing. */
  readonly areas: readonly (Box & { readonly title: string })[];
  /** Path data of the edges, in the order of the map's. */
  readonly paths: readonly string[];
}

export const NODE = { width: 200, height: 66 };
/** Height that edges take which pass a column. */
const LANE = 8;
/** Above and below a node. */
const AIR = 5;
const PAD = 16;
const TITLE = 26;
/** A column of unconnected nodes is broken after this many. */
const TALLEST = 14;
const SWEEPS = 12;

/** Something that takes room in a column: a node, or an edge that passes. */
interface Item {
  readonly id: string;
  readonly area: string;
  readonly column: number;
  readonly height: number;
  y: number;
}

const CALLERS = 'callers outside';
const CALLED = 'called outside';

/**
 * Columns from callers to called, namespaces as bands across them; ends that are outside the folder left and right, those that most
 * workloads share below. The nodes of a column are ordered so that edges cross little (barycentres), then moved towards what they are linked with.
 */
export function layoutOf(map: FleetMap): Layout {
  const columns = columnsOf(map);
  const areaOf = areasOf(map);
  const main = map.nodes.filter(({ common }) => !common);
  const items = new Map<string, Item>(
    main.map((node) => [
      node.id,
      { id: node.id, area: areaOf(node), column: columns.of.get(node.id) ?? 0, height: NODE.height + 2 * AIR, y: 0 },
    ]),
  );
  const routes = map.edges.map((edge) => routeOf(edge, items));
  const order = [...new Set(main.map(areaOf))].filter((area) => !isOutside(area)).sort(compareText);
  place([...items.values()], neighboursOf(routes), order);

  const boxes = new Map<string, Box>();
  const x = (column: number) => PAD * 2 + column * (NODE.width + GAP.x);
  for (const { id } of main) {
    const item = items.get(id);
    if (item !== undefined) boxes.set(id, { x: x(item.column), y: item.y + AIR, ...NODE });
  }
  const bottom = Math.max(0, ...[...items.values()].map(({ y, height }) => y + height)) + PAD;
  const width = Math.max(x(columns.count) - GAP.x + PAD * 2, 2 * NODE.width + 6 * PAD);
  const areas = [...areaBoxes(items.values(), order, boxes, width)];
  const common = commonBoxes(map, bottom + PAD, width);
  for (const [id, box] of common.boxes) boxes.set(id, box);
  if (common.area !== undefined) areas.push(common.area);
  const height = Math.max(bottom, ...areas.map((area) => area.y + area.height)) + PAD;
  const pathFor = (edge: MapEdge, route: readonly Item[]) => {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    if (from === undefined || to === undefined) return '';
    const passed = route.slice(1, -1).map((item) => ({ x: x(item.column), y: item.y + item.height / 2, width: NODE.width, height: 0 }));
    return common.boxes.has(edge.from) || common.boxes.has(edge.to) ? straight(from, to) : curve([from, ...passed, to]);
  };
  return { width, height, nodes: boxes, areas, paths: map.edges.map((edge, i) => pathFor(edge, routes[i] ?? [])) };
}

/** The column of every node that is not common, and their number. */
function columnsOf(map: FleetMap): { readonly of: ReadonlyMap<string, number>; readonly count: number } {
  const workloads = map.nodes.filter(({ type }) => type === 'workload').map(({ id }) => id);
  const inside = new Set(workloads);
  const links = map.edges.filter(({ from, to }) => inside.has(from) && inside.has(to)).map(({ from, to }) => [from, to] as const);
  const layers = layersOf({ ids: workloads, links });
  const of = new Map<string, number>();
  const commonIds = new Set(map.nodes.filter(({ common }) => common).map(({ id }) => id));
  const outside = map.nodes.filter(({ common, type }) => !common && type !== 'workload');
  let column = outside.some((node) => isCaller(node, map)) ? 1 : 0;
  const last = Math.max(-1, ...layers.values());
  const linked = new Set(links.flat());
  const bandOf = new Map(map.nodes.map(({ id, namespace }) => [id, namespace]));
  const layerOf = (id: string) => {
    // One that only calls out of the cluster stands next to what it calls.
    const callsOut = !linked.has(id) && map.edges.some(({ from, to }) => from === id && !inside.has(to) && !commonIds.has(to));
    return callsOut && !map.edges.some(({ to, from }) => to === id && !commonIds.has(from)) ? last : (layers.get(id) ?? 0);
  };
  for (let layer = 0; layer <= last; layer += 1) {
    const here = workloads.filter((id) => layerOf(id) === layer);
    let most = 1;
    for (const band of new Set(here.map((id) => bandOf.get(id)))) {
      const own = here.filter((id) => bandOf.get(id) === band);
      // Those without links come last and fill columns of their own: they would tear the others apart.
      const placed = [...own.filter((id) => linked.has(id)), ...own.filter((id) => !linked.has(id))];
      const parts = Math.ceil(placed.length / TALLEST);
      for (const [i, id] of placed.entries()) of.set(id, column + Math.floor((i * parts) / placed.length));
      most = Math.max(most, parts);
    }
    column += most;
  }
  for (const node of outside) of.set(node.id, isCaller(node, map) ? 0 : column);
  return { of, count: column + (outside.some((node) => !isCaller(node, map)) ? 1 : 0) };
}

/** Does an outside end call, and is called by nobody? */
function isCaller({ id, type }: MapNode, map: FleetMap): boolean {
  return type === 'entry' || !map.edges.some(({ to }) => to === id);
}

function areasOf(map: FleetMap): (node: MapNode) => string {
  return (node) => (node.type === 'workload' ? (node.namespace ?? '') : isCaller(node, map) ? CALLERS : CALLED);
}

const isOutside = (area: string) => area === CALLERS || area === CALLED;

/**
 * The items that an edge visits; room for it is added in the columns that it passes. Edges of one caller share it, so that they leave as
 * one line; so do those to one outside end.
 */
function routeOf(edge: MapEdge, items: Map<string, Item>): readonly Item[] {
  const [from, to] = [items.get(edge.from), items.get(edge.to)];
  if (from === undefined || to === undefined) return [];
  const [left, right] = from.column <= to.column ? [from, to] : [to, from];
  const passed: Item[] = [];
  for (let column = left.column + 1; column < right.column; column += 1) {
    const area = isOutside(right.area) ? left.area : right.area;
    const id = `${isOutside(right.area) ? right.id : left.id} ${left === from ? 'there' : 'back'} ${column} ${area}`;
    const item = items.get(id) ?? { id, area, column, height: LANE, y: 0 };
    passed.push(item);
    items.set(id, item);
  }
  const way = [left, ...passed, right];
  return left === from ? way : way.reverse();
}

function neighboursOf(routes: readonly (readonly Item[])[]): ReadonlyMap<string, readonly Item[]> {
  const neighbours = new Map<string, Item[]>();
  const add = (id: string, other: Item) => {
    const list = neighbours.get(id) ?? [];
    if (!list.includes(other)) neighbours.set(id, [...list, other]);
  };
  for (const route of routes) {
    for (const [i, item] of route.entries()) {
      const next = route[i + 1];
      if (next === undefined || next.column === item.column) continue;
      add(item.id, next);
      add(next.id, item);
    }
  }
  return neighbours;
}

/** Sets `y` of all items: bands one below the other, the outside columns over their whole height. */
function place(items: readonly Item[], neighbours: ReadonlyMap<string, readonly Item[]>, bands: readonly string[]): void {
  const cells = (area: string) => {
    const byColumn = new Map<number, Item[]>();
    for (const item of items.filter((each) => each.area === area)) byColumn.set(item.column, [...(byColumn.get(item.column) ?? []), item]);
    return [...byColumn.values()];
  };
  const heightOf = (cell: readonly Item[]) => cell.reduce((sum, { height }) => sum + height + GAP.y, -GAP.y);
  const stack = (cell: readonly Item[], top: number) => {
    let y = top;
    for (const item of cell) {
      item.y = y;
      y += item.height + GAP.y;
    }
  };
  const middle = (item: Item) => item.y + item.height / 2;
  const wanted = (item: Item, side: number) => {
    const near = (neighbours.get(item.id) ?? []).filter(({ column }) => side === 0 || Math.sign(column - item.column) === side);
    return near.length === 0 ? middle(item) : near.reduce((sum, other) => sum + middle(other), 0) / near.length;
  };

  let top = PAD;
  const ranges: { readonly cells: Item[][]; readonly top: number; readonly bottom: number }[] = [];
  for (const band of bands) {
    const own = cells(band);
    const height = Math.max(NODE.height, ...own.map(heightOf));
    ranges.push({ cells: own, top: top + TITLE + PAD, bottom: top + TITLE + PAD + height });
    top += TITLE + PAD * 2 + height + PAD;
  }
  const outside = [CALLERS, CALLED].flatMap(cells);
  const bottom = Math.max(top - PAD, PAD + TITLE + PAD * 2 + Math.max(0, ...outside.map(heightOf)));
  for (const cell of outside) ranges.push({ cells: [cell], top: PAD + TITLE + PAD, bottom: bottom - PAD });
  for (const range of ranges) for (const cell of range.cells) stack(cell, (range.top + range.bottom - heightOf(cell)) / 2);

  const columns = Math.max(0, ...items.map(({ column }) => column));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const side = sweep === SWEEPS - 1 ? 0 : sweep % 2 === 0 ? -1 : 1;
    for (let i = 0; i <= columns; i += 1) {
      const column = side === -1 ? i : columns - i;
      for (const range of ranges) {
        for (const cell of range.cells.filter(([first]) => first?.column === column)) {
          const targets = new Map(cell.map((item) => [item, wanted(item, side)]));
          cell.sort((a, b) => (targets.get(a) ?? 0) - (targets.get(b) ?? 0) || compareText(a.id, b.id));
          settle(cell, targets, range.top, range.bottom);
        }
      }
    }
  }
}

/** Moves the items of a cell as near to what they want as their order and the band allow. */
function settle(cell: readonly Item[], targets: ReadonlyMap<Item, number>, top: number, bottom: number): void {
  let least = top;
  for (const item of cell) {
    item.y = Math.max(least, (targets.get(item) ?? 0) - item.height / 2);
    least = item.y + item.height + GAP.y;
  }
  let most = bottom;
  for (const item of [...cell].reverse()) {
    item.y = Math.min(item.y, most - item.height);
    most = item.y - GAP.y;
  }
}

function* areaBoxes(
  items: Iterable<Item>,
  bands: readonly string[],
  boxes: ReadonlyMap<string, Box>,
  width: number,
): Iterable<Box & { readonly title: string }> {
  const all = [...items];
  const bottom = Math.max(0, ...all.map(({ y, height }) => y + height));
  const areas = [
    ...bands.map((area) => ({ area, title: `namespace ${area}` })),
    { area: CALLERS, title: 'callers outside' },
    { area: CALLED, title: 'called outside' },
  ];
  const inside = all.filter(({ area }) => bands.includes(area)).flatMap(({ id }) => boxes.get(id) ?? []);
  const [left, right] = [Math.min(width, ...inside.map(({ x }) => x)), Math.max(0, ...inside.map(({ x }) => x + NODE.width))];
  for (const { area, title } of areas) {
    const own = all.filter((item) => item.area === area);
    if (own.length === 0) continue;
    const band = bands.includes(area);
    const nodes = own.flatMap(({ id }) => boxes.get(id) ?? []);
    const x = band ? left : Math.min(...nodes.map((box) => box.x));
    const end = band ? right : x + NODE.width;
    const y = band ? Math.min(...own.map((item) => item.y)) : PAD + TITLE + PAD;
    const low = band ? Math.max(...own.map((item) => item.y + item.height)) : bottom;
    yield { title, x: x - PAD, y: y - PAD - TITLE, width: end - x + PAD * 2, height: low - y + PAD * 2 + TITLE };
  }
}

/** Ends that most workloads share, in rows below everything. */
function commonBoxes(map: FleetMap, top: number, width: number) {
  const nodes = map.nodes.filter(({ common }) => common);
  const boxes = new Map<string, Box>();
  const perRow = Math.max(1, Math.floor((width - 3 * PAD) / (NODE.width + PAD)));
  for (const [i, { id }] of nodes.entries()) {
    const [row, column] = [Math.floor(i / perRow), i % perRow];
    boxes.set(id, { x: PAD * 2 + column * (NODE.width + PAD), y: top + TITLE + PAD + row * (NODE.height + PAD), ...NODE });
  }
  const rows = Math.ceil(nodes.length / perRow);
  const area =
    nodes.length === 0
      ? undefined
      : {
          title: 'shared by most workloads (edges on request)',
          x: PAD,
          y: top,
          width: width - PAD * 2,
          height: TITLE + PAD * 2 + rows * (NODE.height + PAD) - PAD,
        };
  return { boxes, area };
}
