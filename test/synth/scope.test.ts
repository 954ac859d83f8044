import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type KindScope, type Scope, scopes } from '../../synth/scope';
import { messageOf } from './objects';

const SHARED = resolve(__dirname, '../../../shared/schemas');
const THING: KindScope = { apiVersion: 'example.com/v1', kind: 'Thing', scope: 'Cluster' };

describe.each(['1.28', '1.34'])('kinds that Kubernetes %s serves', (minor) => {
  const file = resolve(SHARED, `${minor}.json`);
  const there = existsSync(file);
  test.skipIf(!there)(
    there ? 'have the scope that the API server says' : 'have the scope that the API server says (skipped: ../shared is absent)',
    () => {
      const served = Object.entries((JSON.parse(readFileSync(file, 'utf8')) as { scopes: Record<string, Scope> }).scopes).map(
        ([key, scope]) => {
          const slash = key.lastIndexOf('/');
          return { apiVersion: key.slice(0, slash), kind: key.slice(slash + 1), scope };
        },
      );
      const builtIn = served.filter(({ apiVersion }) => !apiVersion.includes('.') || apiVersion.includes('.k8s.io/'));
      const notCustom = builtIn.filter(({ apiVersion }) => !/^(?:gateway|snapshot\.storage|trust)\./.test(apiVersion));
      expect(notCustom.length).toBeGreaterThan(50);
      const scopeOf = scopes([]);
      expect(notCustom.map((object) => ({ ...object, scope: scopeOf(object) }))).toEqual(notCustom);
      const withCustom = scopes(served);
      expect(served.map((object) => ({ ...object, scope: withCustom(object) }))).toEqual(served);
    },
  );
});

test('versions of a group have one scope', () => {
  const scopeOf = scopes([THING]);
  expect(scopeOf({ apiVersion: 'example.com/v1beta1', kind: 'Thing' })).toBe('Cluster');
  expect(scopeOf({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' })).toBe('Namespaced');
});

test('a kind of another group, or of none, is not known', () => {
  const scopeOf = scopes([THING]);
  expect(scopeOf({ apiVersion: 'example.org/v1', kind: 'Thing' })).toBeUndefined();
  expect(scopeOf({ apiVersion: 'v1', kind: 'Deployment' })).toBeUndefined();
  expect(scopeOf({ apiVersion: 'apps/v1', kind: '' })).toBeUndefined();
});

test('custom kinds that contradict each other are refused', () => {
  expect(messageOf(() => scopes([THING, { ...THING, apiVersion: 'example.com/v2', scope: 'Namespaced' }]))).toContain(
    'Thing of example.com/v2 is Namespaced',
  );
  expect(messageOf(() => scopes([{ apiVersion: 'apps/v1', kind: 'Deployment', scope: 'Cluster' }]))).toContain(
    'already known as Namespaced',
  );
});
