import { describe, expect, test } from 'vitest';
import { mapOf } from '../../../report/graph/build';
import { layersOf } from '../../../report/graph/layers';
import { layoutOf, NODE } from '../../../report/graph/layout';
import type { FleetMap } from '../../../report/graph/model';
import type { Box } from '../../../report/graph/paths';
import { large, type Sample, sample, shop } from './cluster';

const draw = ({ objects, facts }: Sample) => mapOf('test', objects, facts);
const chain = sample(
  Array.from({ length: 40 }, (_, i) => ({
    name: `w${String(i).padStart(2, '0')}`,
    ports: { http: 1 },
    calls: i < 39 ? [`w${String(i + 1).padStart(2, '0')}:http`] : [],
  })),
);
const apart = sample(Array.from({ length: 60 }, (_, i) => ({ name: `w${i}` })));

const overlap = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Box, b: Box) => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

describe.each([
  ['a dozen workloads', draw(shop)],
  ['150 workloads', draw(large(150))],
  ['a long chain', draw(chain)],
  ['workloads without calls', draw(apart)],
  ['nothing', { name: 'none', nodes: [], edges: [] } satisfies FleetMap],
])('%s', (_, map) => {
  const layout = layoutOf(map);
  const boxes = map.nodes.map(({ id }) => layout.nodes.get(id));

  test('every node has a place of its own inside the drawing', () => {
    const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
    expect(boxes.filter((box) => box === undefined || !inside(box, whole))).toEqual([]);
    const placed = boxes.filter((box) => box !== undefined);
    expect(placed.filter((box, i) => placed.slice(0, i).some((other) => overlap(box, other)))).toEqual([]);
  });

  test('a workload lies in the area of its namespace, and in no other', () => {
    for (const node of map.nodes.filter(({ type }) => type === 'workload')) {
      const box = layout.nodes.get(node.id);
      const areas = layout.areas.filter((area) => box !== undefined && overlap(box, area)).map(({ title }) => title);
      expect(areas).toEqual([`namespace ${node.namespace}`]);
    }
    expect(layout.areas.filter((area, i) => layout.areas.slice(0, i).some((other) => overlap(area, other)))).toEqual([]);
  });

  test('every edge has a way', () => {
    expect(layout.paths).toHaveLength(map.edges.length);
    expect(layout.paths.filter((path) => !/^M[-\d.]+ [-\d.]+C/.test(path) || path.includes('NaN'))).toEqual([]);
  });

  test('is not wider than a few screens', () => {
    expect(layout.width).toBeLessThan(4000);
  });
});

test('callers stand in the order of those that they call, so that arrows do not cross', () => {
  const names = ['a', 'b', 'c', 'd'];
  const callees = names.map((name) => ({ name: `z-${name}`, ports: { http: 1 } }));
  const callers = names.map((name, i) => ({ name, ports: { http: 1 }, calls: [`z-${names[(i + 2) % 4]}:http`] }));
  const { nodes } = layoutOf(draw(sample([...callees, ...callers])));
  const top = (name: string) => nodes.get(`shop/${name}`)?.y ?? 0;
  const order = (list: readonly string[]) => [...list].sort((a, b) => top(a) - top(b));
  expect(order(callees.map(({ name }) => name))).toEqual(order(names).map((name) => `z-${names[(names.indexOf(name) + 2) % 4]}`));
});

test('a callee stands about level with its only caller', () => {
  const { nodes } = layoutOf(
    draw(sample([{ name: 'z', calls: ['a:http'] }, { name: 'a', ports: { http: 1 } }, { name: 'm' }, { name: 'n' }])),
  );
  const distance = Math.abs((nodes.get('shop/a')?.y ?? 0) - (nodes.get('shop/z')?.y ?? 999));
  expect(distance).toBeLessThan(NODE.height / 2);
});

describe('layers', () => {
  const layers = (...links: [string, string][]) => Object.fromEntries(layersOf({ ids: [...new Set(links.flat())].sort(), links }));

  test('callers stand before those that they call', () => {
    expect(layers(['a', 'b'], ['b', 'c'], ['a', 'c'])).toEqual({ a: 0, b: 1, c: 2 });
  });

  test('a caller that nobody calls stands right before the first that it calls', () => {
    expect(layers(['a', 'b'], ['b', 'c'], ['late', 'c'])).toMatchObject({ late: 1 });
  });

  test('circles, and calls of oneself, end', () => {
    expect(layers(['a', 'b'], ['b', 'c'], ['c', 'a'], ['b', 'b'])).toEqual({ a: 0, b: 1, c: 2 });
  });
});
