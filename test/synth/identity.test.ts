import { expect, test } from 'vitest';
import { identityProblems } from '../../synth/identity';
import type { KubeObject } from '../../synth/object';
import { scopes } from '../../synth/scope';
import { object, sourced } from './objects';

const scopeOf = scopes([{ apiVersion: 'example.com/v1', kind: 'Deployment', scope: 'Namespaced' }]);
const problems = (...objects: readonly KubeObject[]) =>
  identityProblems(
    objects.map((one, index) => sourced(one, `chart/${index}`)),
    scopeOf,
  );

test('objects that differ in group, kind, namespace or name are different', () => {
  expect(
    problems(
      object('apps/v1', 'Deployment', 'shop/cart'),
      object('apps/v1', 'Deployment', 'shop/till'),
      object('apps/v1', 'Deployment', 'other/cart'),
      object('apps/v1', 'StatefulSet', 'shop/cart'),
      object('example.com/v1', 'Deployment', 'shop/cart'),
      object('v1', 'Namespace', 'shop'),
    ),
  ).toEqual([]);
});

test('the same object twice names both construct paths and Applications, also across versions of a group', () => {
  const [problem, ...others] = identityProblems(
    [
      sourced(object('autoscaling/v1', 'HorizontalPodAutoscaler', 'shop/cart'), 'cart/hpa', 'cart'),
      sourced(object('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop/cart'), 'till/hpa', 'till'),
    ],
    scopeOf,
  );
  expect(problem).toContain('till/hpa (Application till): HorizontalPodAutoscaler shop/cart');
  expect(problem).toContain('the first is cart/hpa (Application cart)');
  expect(others).toEqual([]);
});

test.each<[string, KubeObject, string]>([
  [
    'a namespace on a cluster-scoped kind',
    object('v1', 'Namespace', 'shop/cart'),
    'Namespace cart has namespace "shop", but the kind is cluster-scoped',
  ],
  ['no namespace on a namespaced kind', object('v1', 'Service', 'cart'), 'metadata.namespace is missing'],
  ['an empty namespace', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart', namespace: '' } }, 'metadata.namespace is ""'],
  ['an unknown kind', object('example.com/v1', 'Thing', 'shop/cart'), 'npm run import'],
  [
    'no name',
    { apiVersion: 'v1', kind: 'Service', metadata: { generateName: 'cart-' } } as unknown as KubeObject,
    'metadata.name is missing',
  ],
  ['no metadata', { apiVersion: 'v1', kind: 'Service' } as unknown as KubeObject, 'metadata.name is missing'],
  ['no kind', { apiVersion: 'v1', metadata: { name: 'cart' } } as unknown as KubeObject, 'found apiVersion "v1" and kind undefined'],
])('%s is a problem with its construct path', (_, one, text) => {
  const [problem, ...others] = problems(one);
  expect(problem).toContain('chart/0 (Application cart): ');
  expect(problem).toContain(text);
  expect(others).toEqual([]);
});
