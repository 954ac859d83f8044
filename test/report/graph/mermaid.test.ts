import { describe, expect, test } from 'vitest';
import { mapOf } from '../../../report/graph/build';
import { mermaidOf } from '../../../report/graph/mermaid';
import type { FleetMap } from '../../../report/graph/model';
import { large, shop } from './cluster';

const map = mapOf('shop', shop.objects, shop.facts);

/** A line of a flowchart as this project writes it; everything in quotes is text without quotes. */
const LINES = [
  /^---$/,
  /^title: "[^"]*"$/,
  /^flowchart LR$/,
  /^ {2}subgraph ns\d+\["[^"]+"\]$/,
  /^ {2}end$/,
  /^ {2,4}[nm]\d+(\["[^"]+"\]|\(\["[^"]+"\]\)|\[\("[^"]+"\)\]):::\w+$/,
  /^ {2}[nm]\d+ (-->|==>)(\|"[^"]+"\|)? [nm]\d+$/,
  /^ {2}classDef \w+ [\w:-]+( \d+)?$/,
];

describe.each([
  ['a dozen workloads', map],
  ['150 workloads', mapOf('large', large(150).objects, large(150).facts)],
])('%s', (_, drawn) => {
  const lines = mermaidOf(drawn).trimEnd().split('\n');

  test('every line has a form that Mermaid reads', () => {
    expect(lines.filter((line) => !LINES.some((form) => form.test(line)))).toEqual([]);
  });

  test('every arrow leads from and to nodes that are drawn', () => {
    const defined = new Set(lines.flatMap((line) => /^ {2,4}([nm]\d+)[[(]/.exec(line)?.[1] ?? []));
    const used = lines.flatMap((line) => [...(/^ {2}([nm]\d+) .*? ([nm]\d+)$/.exec(line)?.slice(1) ?? [])]);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((id) => !defined.has(id))).toEqual([]);
  });
});

test('has an arrow with ports for every edge between workloads', () => {
  const text = mermaidOf(map);
  const idOf = (name: string) => new RegExp(`(n\\d+)\\S*"${name}<br>`).exec(text)?.[1];
  expect(text).toContain(`  ${idOf('orders')} -->|"postgres 6432"| ${idOf('pool')}`);
  expect(text).toContain(`  ${idOf('shop.example')} ==>|"http 8080"| ${idOf('gateway')}`);
});

test('says so when it has more arrows than Mermaid draws by default', () => {
  const edges = Array.from({ length: 500 }, () => map.edges.filter(({ to }) => to === 'shop/pool')).flat();
  const count = edges.length;
  expect(mermaidOf({ ...map, edges })).toContain(`  %% ${count} arrows: `);
  expect(mermaidOf(map)).not.toContain('%%');
});

test('has one arrow for all workloads that share an end', () => {
  expect(mermaidOf(map)).toContain('["all workloads"]:::many');
});

test('text of manifests cannot leave its quotes', () => {
  const evil: FleetMap = {
    name: 'a "b"',
    nodes: [{ id: 'x', type: 'workload', name: 'x"] --> y; <b>#quot;`', namespace: 'n"]', ports: [], notes: [], common: false }],
    edges: [{ type: 'call', from: 'x', to: 'x', ports: ['"|'], options: ['end "'], policies: { egress: [], ingress: [] } }],
  };
  const lines = mermaidOf(evil).trimEnd().split('\n').slice(3);
  expect(lines.filter((line) => !LINES.some((form) => form.test(line)))).toEqual([]);
});
