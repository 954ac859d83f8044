import { ApiObject, App } from 'cdk8s';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { collect, NamedChart } from '../../synth/collect';
import type { Json, JsonObject, KubeObject } from '../../synth/object';
import { orderObject } from '../../synth/order';
import { object } from './objects';

afterEach(() => vi.unstubAllEnvs());

/** The keys of the member at a path, in the order in which they are written. */
function keysAt(object: KubeObject, ...path: readonly (string | number)[]): readonly string[] {
  return Object.keys(path.reduce<Json | undefined>((value, key) => (value as JsonObject)[key], object) as JsonObject);
}

test('an object says what it is first, then the rest by key', () => {
  const ordered = orderObject({
    status: {},
    spec: {},
    metadata: { annotations: {}, labels: {}, namespace: 'shop', name: 'cart' },
    data: {},
    kind: 'X',
    apiVersion: 'v1',
  });
  expect(keysAt(ordered)).toEqual(['apiVersion', 'kind', 'metadata', 'data', 'spec', 'status']);
  expect(keysAt(ordered, 'metadata')).toEqual(['name', 'namespace', 'labels', 'annotations']);
});

test('a container shows image and command before probes and security', () => {
  const container = {
    securityContext: {},
    readinessProbe: {},
    env: [],
    ports: [],
    args: [],
    command: [],
    image: 'i',
    name: 'app',
    tty: true,
  };
  const ordered = orderObject(object('v1', 'Pod', 'shop/cart', { spec: { volumes: [], containers: [container], affinity: {} } }));
  expect(keysAt(ordered, 'spec', 'containers', 0)).toEqual([
    'name',
    'image',
    'command',
    'args',
    'ports',
    'env',
    'readinessProbe',
    'securityContext',
    'tty',
  ]);
  expect(keysAt(ordered, 'spec')).toEqual(['containers', 'volumes', 'affinity']);
});

test('maps are in the order of their keys, even where a key is named like a field', () => {
  const ordered = orderObject(object('v1', 'ConfigMap', 'shop/cart', { data: { name: 'x', kind: 'y', app: 'z', B: 'w' } }));
  expect(keysAt(ordered, 'data')).toEqual(['B', 'app', 'kind', 'name']);
});

test('lists keep their order', () => {
  const ordered = orderObject(object('v1', 'X', 'shop/cart', { list: ['b', 'a', [{ b: 1, a: 2 }]] }));
  expect(JSON.stringify(ordered.list)).toBe('["b","a",[{"a":2,"b":1}]]');
});

test('insertion order does not matter, and no value is lost or changed', () => {
  const keys = fc.constantFrom('name', 'kind', 'metadata', 'labels', 'containers', 'spec', 'a', 'B', '10', '9', '__proto__', 'ä');
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.integer(),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 6 }) as fc.Arbitrary<JsonObject>,
    ),
  }));
  fc.assert(
    fc.property(tree, (spec) => {
      const before = object('v1', 'X', 'shop/cart', { spec });
      const after = orderObject(before);
      expect(after).toEqual(before);
      expect(JSON.stringify(orderObject(reversed(before) as KubeObject))).toBe(JSON.stringify(after));
    }),
  );
});

test('cdk8s sorting keys or not makes no difference', () => {
  const render = (): string => {
    const chart = new NamedChart(new App(), 'cart');
    new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, spec: { b: 1, a: { d: 1, c: 2 } } });
    return JSON.stringify(collect(chart).map(({ object }) => orderObject(object)));
  };
  const sorted = render();
  vi.stubEnv('CDK8S_DISABLE_SORT', '1');
  expect(render()).toBe(sorted);
});

test('members that are undefined go away, and the given object stays as it is', () => {
  const given = Object.freeze({ ...object('v1', 'X', 'shop/cart'), spec: Object.freeze({ b: undefined, a: 1 }) }) as unknown as KubeObject;
  expect(Object.keys(orderObject(given).spec as JsonObject)).toEqual(['a']);
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner as Json)]),
  );
}
