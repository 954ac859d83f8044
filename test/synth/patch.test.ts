import { describe, expect, test } from 'vitest';
import type { SourcedObject } from '../../synth/object';
import { applyPatches, type ObjectPatch } from '../../synth/patch';
import { messageOf, object, sourced } from './objects';

const objects: readonly SourcedObject[] = deepFreeze([
  sourced(object('apps/v1', 'Deployment', 'shop/cart', { spec: { replicas: 2, strategy: { type: 'Recreate' }, list: ['a', 'b'] } })),
  sourced(object('apps/v1', 'Deployment', 'shop/till', { spec: { replicas: 2, 'a/b~c': 1 } })),
  sourced(object('v1', 'Service', 'shop/cart', { spec: { type: 'ClusterIP' } })),
]);

const patched = (...patches: readonly ObjectPatch[]) => applyPatches(objects, patches).map((one) => one.object.spec);
const error = (...patches: readonly ObjectPatch[]) => messageOf(() => applyPatches(objects, patches));

describe('a patch', () => {
  test('changes the objects that it selects and no others', () => {
    const replace = { op: 'replace', path: '/spec/replicas', value: 5 } as const;
    expect(patched({ kind: 'Deployment', name: 'till', operations: [replace] })).toEqual([
      objects[0]?.object.spec,
      { replicas: 5, 'a/b~c': 1 },
      objects[2]?.object.spec,
    ]);
    expect(patched({ kind: 'Deployment', operations: [replace] })).toMatchObject([{ replicas: 5 }, { replicas: 5 }, { type: 'ClusterIP' }]);
  });

  test('leaves the given objects alone and keeps those it does not select', () => {
    const result = applyPatches(objects, [{ kind: 'Service', merge: { spec: { type: 'NodePort' } } }]);
    expect(objects[2]?.object.spec).toEqual({ type: 'ClusterIP' });
    expect(result[0]).toBe(objects[0]);
    expect(result[2]).toEqual({ ...objects[2], object: { ...objects[2]?.object, spec: { type: 'NodePort' } } });
  });

  test('works on what earlier patches made', () => {
    const [cart] = patched(
      { kind: 'Deployment', name: 'cart', operations: [{ op: 'add', path: '/spec/new', value: { a: 1 } }] },
      {
        kind: 'Deployment',
        name: 'cart',
        operations: [
          { op: 'test', path: '/spec/new/a', value: 1 },
          { op: 'remove', path: '/spec/new/a' },
        ],
        merge: { spec: { list: ['c'] } },
      },
    );
    expect(cart).toEqual({ replicas: 2, strategy: { type: 'Recreate' }, list: ['c'], new: {} });
  });

  test('merges objects, takes null away, replaces the rest', () => {
    expect(
      patched({ kind: 'Deployment', name: 'cart', merge: { spec: { strategy: { rollingUpdate: {} }, replicas: null, list: ['c'] } } })[0],
    ).toEqual({
      strategy: { type: 'Recreate', rollingUpdate: {} },
      list: ['c'],
    });
  });

  test('reaches members with / and ~ in their names, and the end of lists', () => {
    expect(
      patched(
        { kind: 'Deployment', name: 'till', operations: [{ op: 'replace', path: '/spec/a~1b~0c', value: 2 }] },
        { kind: 'Deployment', name: 'cart', operations: [{ op: 'add', path: '/spec/list/-', value: 'c' }] },
      ),
    ).toMatchObject([{ list: ['a', 'b', 'c'] }, { 'a/b~c': 2 }, {}]);
  });
});

describe('a patch without effect is refused', () => {
  test('it selects nothing: the message lists what there is', () => {
    expect(error({ kind: 'Deployment', name: 'crat', merge: {} })).toContain(
      'patch 1 (Deployment crat) selects no object. Expected one of: Deployment shop/cart, Deployment shop/till',
    );
    expect(error({ kind: 'Deployment', namespace: 'other', merge: {} })).toContain('(Deployment other/*) selects no object');
    expect(error({ kind: 'Ingress', merge: {} })).toContain('there are objects of Deployment, Service');
  });

  test.each<[string, ObjectPatch['operations']]>([
    ['replaces what is not there', [{ op: 'replace', path: '/spec/replcas', value: 1 }]],
    ['removes what is not there', [{ op: 'remove', path: '/spec/list/2' }]],
    ['adds below what is not there', [{ op: 'add', path: '/spec/nothing/here', value: 1 }]],
    ['adds to a text', [{ op: 'add', path: '/spec/strategy/type/x', value: 1 }]],
    ['adds beyond the end of a list', [{ op: 'add', path: '/spec/list/3', value: 1 }]],
    ['names a list item by a word', [{ op: 'replace', path: '/spec/list/first', value: 1 }]],
    ['replaces the end of a list', [{ op: 'replace', path: '/spec/list/-', value: 1 }]],
    ['tests another value', [{ op: 'test', path: '/spec/replicas', value: 3 }]],
    ['moves what is not there', [{ op: 'move', from: '/spec/nothing', path: '/spec/x' }]],
    ['moves from no path', [{ op: 'move', from: 'spec', path: '/spec/x' }]],
    ['has no path', [{ op: 'replace', path: 'spec/replicas', value: 1 }]],
    [
      'fails later',
      [
        { op: 'add', path: '/spec/new', value: 1 },
        { op: 'remove', path: '/spec/nwe' },
      ],
    ],
  ])('an operation that %s', (_, operations) => {
    const path = operations?.at(-1)?.path;
    expect(error({ kind: 'Deployment', name: 'cart', operations })).toMatch(
      /^patch 1 \(Deployment cart\) on Deployment shop\/cart \(chart\/cart\): /,
    );
    expect(error({ kind: 'Deployment', name: 'cart', operations })).toContain(` ${path}: `);
  });

  test('it changes nothing', () => {
    expect(error({ kind: 'Service', merge: { spec: { type: 'ClusterIP' } } })).toContain('patch 1 (Service *) changes nothing');
    expect(error({ kind: 'Service', operations: [{ op: 'test', path: '/spec/type', value: 'ClusterIP' }] })).toContain('changes nothing');
    expect(error({ kind: 'Service' })).toContain('changes nothing');
  });

  test('a merge takes away what is not there', () => {
    expect(error({ kind: 'Service', merge: { spec: { typ: null, type: 'NodePort' } } })).toContain(
      'merge takes away spec.typ, which is not there',
    );
  });

  test('one of several objects already is so: that is an effect', () => {
    expect(error({ kind: 'Deployment', merge: { spec: { strategy: { type: 'Recreate' } } } })).toBe('nothing was thrown');
  });
});

test.each([
  { metadata: { name: 'x' } },
  { metadata: { namespace: null } },
  { kind: 'X' },
  { apiVersion: 'extensions/v1' },
  { metadata: 'x' },
])('a patch may not change what an object is: %j', (merge) => {
  expect(error({ kind: 'Service', merge })).toContain('Expected the same group, kind, name and namespace');
});

test('a patch may move an object to another version of its group', () => {
  expect(applyPatches(objects, [{ kind: 'Deployment', merge: { apiVersion: 'apps/v2' } }])[0]?.object.apiVersion).toBe('apps/v2');
});

test('all problems are reported at once', () => {
  expect(error({ kind: 'Nothing' }, { kind: 'Service' })).toContain('2 problems');
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(Object.freeze(value))) deepFreeze(inner);
  return value;
}
