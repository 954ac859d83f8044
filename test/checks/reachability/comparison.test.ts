import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFacts } from '../../../checks/facts-file';
import { comparison, describeEnd, idsOf } from '../../../checks/reachability/comparison';
import type { DeclaredEdge, End } from '../../../checks/reachability/model';
import { describeRange } from '../../../checks/reachability/port-set';
import { reach } from '../../../checks/reachability/reach';
import type { SourcedObject } from '../../../synth/object';
import { networkPolicy, pods } from './objects';

const all = { protocol: 'TCP', first: 1, last: 65_535 } as const;
const edge = (from: End, to: End, ports: Partial<DeclaredEdge> = {}): DeclaredEdge => ({
  from,
  to,
  protocol: 'TCP',
  first: 80,
  last: 80,
  name: 'an edge',
  ...ports,
});
const group = (name: string): End => ({ pods: `default/${name}` });
const addresses = (...cidrs: string[]): End => ({ addresses: { name: 'somewhere', blocks: cidrs.map((cidr) => ({ cidr })) } });

/** Extra edges of TCP as text, so that a test can list them. */
function extra(objects: readonly SourcedObject[], declared: readonly DeclaredEdge[]) {
  return comparison(reach(objects), declared)
    .extra.filter(({ protocol }) => protocol === 'TCP')
    .map((one) => `${describeEnd(one.from)} > ${describeEnd(one.to)} ${describeRange(one)}`);
}

describe('of pods that nothing isolates', () => {
  const three = ['a', 'b', 'c'].map((name) => pods(name));
  const between = (objects: readonly SourcedObject[], declared: readonly DeclaredEdge[]) =>
    extra(objects, declared).filter((text) => !text.includes('every address'));

  test('all pairs are one edge', () => {
    expect(between(three, [])).toEqual(['default/a, default/b, default/c > default/a, default/b, default/c every TCP port']);
  });

  test('a declared pair is left out, and what it does not declare is told of it alone', () => {
    expect(between(three, [edge(group('a'), group('b'), all)])).toEqual([
      'default/a, default/b, default/c > default/a, default/c every TCP port',
      'default/b, default/c > default/b every TCP port',
    ]);
    expect(between(three, [edge(group('a'), group('b'))])).toEqual([
      'default/a, default/b, default/c > default/a, default/c every TCP port',
      'default/b, default/c > default/b every TCP port',
      'default/a > default/b TCP 1-79',
      'default/a > default/b TCP 81-65535',
    ]);
  });

  test('a callee that all pairs of are declared for is no part of the rest', () => {
    const declared = ['a', 'b', 'c'].map((from) => edge(group(from), group('a'), all));
    expect(between(three, declared)).toEqual(['default/a, default/b, default/c > default/b, default/c every TCP port']);
    const others = declared.slice(1);
    expect(between(three, others)).toContain('default/a > default/a every TCP port');
  });
});

describe('addresses', () => {
  const spec = {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 80, endPort: 82 }] }],
  };
  const objects = [pods('a'), networkPolicy('p', spec)];

  test('neighbouring ranges of edges are one', () => {
    const halves = [edge(group('a'), addresses('10.0.0.0/16'), { last: 81 }), edge(group('a'), addresses('10.2.0.0/15'), { last: 82 })];
    expect(extra(objects, halves)).toEqual([
      'default/a > 10.0.0.0/16 TCP 82',
      'default/a > 10.4.0.0/14, 10.8.0.0/13, 10.16.0.0/12, 10.32.0.0/11, 10.64.0.0/10, 10.128.0.0/9 TCP 80-82',
    ]);
  });

  test('what is closed of an edge is missing, range by range', () => {
    const { missing } = comparison(reach(objects), [edge(group('a'), addresses('10.0.0.0/15', '11.0.0.0/8'), { first: 79, last: 80 })]);
    expect(missing.map(({ closed }) => `${describeEnd(closed.to)} ${describeRange(closed)}`)).toEqual([
      '10.0.0.0/16 TCP 79',
      '10.1.0.0/16, 11.0.0.0/8 TCP 79-80',
    ]);
  });
});

test('an edge of pods that are not there is missing, and says so', () => {
  const { missing } = comparison(reach([pods('a')]), [edge(group('a'), group('b'))]);
  expect(missing).toMatchObject([{ unknown: 'default/b' }]);
});

test('two controllers of one name are two groups of pods', () => {
  const [first, second] = [pods('a'), pods('a')];
  const cronJob = { ...second, object: { ...second.object, kind: 'StatefulSet' } };
  const found = reach([first, cronJob]).edges.flatMap(({ from, to }) => [...idsOf(from), ...idsOf(to)]);
  expect(new Set(found)).toEqual(new Set(['default/a', 'default/a (StatefulSet)']));
});

describe('the facts file', () => {
  const read = (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'facts-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'facts.yaml'), text);
    return readFacts(join(folder, 'facts.yaml')).common;
  };

  test('the example of the documentation can be read', () => {
    const page = readFileSync(resolve(__dirname, '../../../docs/checks-cli.md'), 'utf8');
    const [, example = ''] = /```yaml\n(kubernetes:[\s\S]*?)```/.exec(page) ?? [];
    const { edges, foreignPods, podNetworks } = read(example);
    expect(edges).toHaveLength(2);
    expect(foreignPods).toMatchObject([{ id: 'kube-system/coredns', meshed: false }]);
    expect(podNetworks).toEqual(['10.0.0.0/17']);
  });

  test.each([
    ['podNetworks: [10.0.0.0]', 'podNetworks.0: expected a CIDR'],
    ['edges: [{ name: e, from: { pods: web }, to: { pods: shop/api }, protocol: TCP, first: 1, last: 1 }]', 'edges.0.from'],
    [
      'edges: [{ name: e, from: { pods: shop/web }, to: { pods: shop/api }, protocol: TCP, first: 2, last: 1 }]',
      'edges.0: expected first to be at most last',
    ],
    ['edges: [{ name: e, from: { pods: shop/web }, to: { pods: shop/api }, protocol: ICMP, first: 1, last: 1 }]', 'edges.0.protocol'],
    ['foreignPods: [{ id: shop/web, namespace: shop }]', 'foreignPods.0.labels'],
  ])('%s is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
