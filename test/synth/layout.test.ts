import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { layout } from '../../synth/layout';
import type { SourcedObject } from '../../synth/object';
import { messageOf, object, sourced } from './objects';

const home = () => 'shop';
const paths = (...objects: readonly SourcedObject[]) => layout(objects, home).map(({ path }) => path);

test.each([
  [object('apps/v1', 'Deployment', 'shop/cart'), 'cart/deployment-cart.yaml'],
  [object('v1', 'Namespace', 'shop'), 'cart/namespace-shop.yaml'],
  [object('rbac.authorization.k8s.io/v1', 'Role', 'other/cart'), 'cart/other.role-cart.yaml'],
  [object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:Cart'), 'cart/clusterrole-system_cart.yaml'],
  [object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop/cart'), 'cart/httproute.gateway.networking.k8s.io-cart.yaml'],
  [object('policy.linkerd.io/v1beta3', 'HTTPRoute', 'other/cart'), 'cart/other.httproute.policy.linkerd.io-cart.yaml'],
  [object('v1', 'Event', 'shop/cart'), 'cart/event.core-cart.yaml'],
])('%o lies at %s', (one, path) => {
  expect(paths(sourced(one))).toEqual([path]);
});

test('another object does not move a file', () => {
  const gateway = sourced(object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop/cart'));
  const linkerd = sourced(object('policy.linkerd.io/v1beta3', 'HTTPRoute', 'shop/cart'));
  expect(paths(gateway, linkerd)).toContain(paths(gateway)[0]);
});

test('an Application without a namespace of its own says the namespace of each object', () => {
  const [file] = layout([sourced(object('v1', 'Service', 'shop/cart'))], () => undefined);
  expect(file?.path).toBe('cart/shop.service-cart.yaml');
});

test('files are sorted by path, whatever order the objects come in', () => {
  const objects = ['b', 'a', 'c'].map((name) => sourced(object('v1', 'Service', `shop/${name}`)));
  expect(paths(...objects)).toEqual(['cart/service-a.yaml', 'cart/service-b.yaml', 'cart/service-c.yaml']);
  expect(paths(...objects)).toEqual(paths(...objects.reverse()));
});

test.each([
  ['case', 'Cart:x', 'cart:x'],
  ['colon and underscore', 'cart:x', 'cart_x'],
])('two objects whose paths differ in %s only are refused with both construct paths', (_, left, right) => {
  const roles = [left, right].map((name, index) => sourced(object('rbac.authorization.k8s.io/v1', 'ClusterRole', name), `chart/${index}`));
  const message = messageOf(() => layout(roles, home));
  expect(message).toContain(
    `chart/1: ClusterRole ${right} would be written to cart/clusterrole-cart_x.yaml, where ClusterRole ${left} from chart/0 already lies`,
  );
});

test.each([
  ['too long', sourced(object('v1', 'Secret', `shop/${'x'.repeat(250)}`)), 'the name has 262 bytes'],
  ['not portable', sourced(object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'a*b')), '"*" is not portable'],
  ['leading elsewhere', sourced(object('v1', 'Secret', 'shop/../x')), '"/" is not portable'],
  ['in a folder that leads elsewhere', sourced(object('v1', 'Secret', 'shop/x'), 'chart/x', '..'), 'does not begin with a letter'],
  ['in a folder with capitals', sourced(object('v1', 'Secret', 'shop/x'), 'chart/x', 'Cart'), '"C" is not portable'],
])('a path that is %s is refused with the construct path', (_, one, text) => {
  const message = messageOf(() => layout([one], home));
  expect(message).toContain(`${one.source}: Secret`.replace('Secret', one.object.kind));
  expect(message).toContain(text);
});

test('the longest name that Kubernetes takes fits for common kinds', () => {
  expect(paths(sourced(object('v1', 'Secret', `shop/${'x'.repeat(243)}`)))[0]?.length).toBe('cart/'.length + 255);
});

test('an object without an Application is refused', () => {
  expect(messageOf(() => layout([{ object: object('v1', 'Secret', 'shop/x'), source: 'a.yaml' }], home))).toContain(
    'a.yaml: Secret shop/x belongs to no Application',
  );
});

test('a kind of two groups that is not listed is refused, once', () => {
  const objects = ['a.com/v1', 'b.com/v1', 'b.com/v1'].map((version, index) => sourced(object(version, 'Thing', `shop/t${index}`)));
  expect(messageOf(() => layout(objects, home))).toMatch(
    /^chart\/t1: Thing is of group "b.com" here and of "a.com" in chart\/t0.*synth\/layout.ts\.$/,
  );
});

const SHARED = resolve(__dirname, '../../../shared/schemas/1.34.json');
const there = existsSync(SHARED);
test.skipIf(!there)(
  `every kind of two groups among those that we may emit is listed${there ? '' : ' (skipped: ../shared is absent)'}`,
  () => {
    const { scopes } = JSON.parse(readFileSync(SHARED, 'utf8')) as { scopes: Record<string, string> };
    const objects = Object.keys(scopes).map((key) => {
      const slash = key.lastIndexOf('/');
      return sourced(object(key.slice(0, slash), key.slice(slash + 1), `shop/${key.toLowerCase().replaceAll('/', '-')}`));
    });
    expect(layout(objects, home)).toHaveLength(objects.length);
  },
);
