import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merge, settle } from '../../charts/overlay/merge';
import { absent, environmentNames, perEnvironment, remove } from '../../charts/overlay/value';
import { exec, http } from '../../charts/workload/probe';

const environment = fc.constantFrom(...environmentNames);
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }), fc.constant(http('/health')));
/** Props as a base states them once the environment is known. */
const settled = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('object')),
  object: fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).object;
/** Props with values per environment at any depth. */
const varying = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.tuple(tie('value'), tie('value')).map(([dev, production]) => perEnvironment<unknown>({ dev, staging: absent, production })),
    tie('object'),
  ),
  object: fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).object;

describe('settle', () => {
  test('takes the value of the environment, at any depth', () => {
    const base = {
      scale: perEnvironment({ dev: { min: 1 }, staging: { min: 2 }, production: { min: 3 } }),
      deep: { host: perEnvironment({ dev: 'd', staging: 's', production: 'p' }) },
    };
    expect(settle(base, 'staging', 'x')).toEqual({ scale: { min: 2 }, deep: { host: 's' } });
    expect(settle(base, 'production', 'x')).toEqual({ scale: { min: 3 }, deep: { host: 'p' } });
  });

  test('takes values inside values and inside lists', () => {
    const inner = perEnvironment({ dev: 1, staging: 2, production: 3 });
    expect(settle([{ a: perEnvironment<unknown>({ dev: { b: inner }, staging: 0, production: 0 }) }], 'dev', 'x')).toEqual([
      { a: { b: 1 } },
    ]);
  });

  test('leaves out what is absent', () => {
    const base = { env: { DEBUG: perEnvironment<unknown>({ dev: '1', staging: absent, production: absent }) } };
    expect(settle(base, 'dev', 'x')).toEqual({ env: { DEBUG: '1' } });
    expect(settle(base, 'production', 'x')).toEqual({ env: {} });
    expect(Object.keys(settle(base, 'production', 'x') as object)).toEqual(['env']);
  });

  test('keeps values made by functions as they are', () => {
    const check = http('/health');
    expect((settle({ check }, 'dev', 'x') as { check: unknown }).check).toBe(check);
  });

  test('of what is settled changes nothing', () => {
    fc.assert(
      fc.property(varying, environment, (base, name) => {
        const once = settle(base, name, 'x');
        expect(settle(once, name, 'x')).toEqual(once);
      }),
    );
  });

  test('does not change what it is given', () => {
    fc.assert(
      fc.property(varying, environment, (base, name) => {
        const before = structuredCloneOf(base);
        settle(base, name, 'x');
        expect(base).toEqual(before);
      }),
    );
  });
});

describe('merge', () => {
  const base = { image: 'a', args: ['x', 'y'], limits: { cpu: '1', memory: '1Gi' }, check: http('/health') };

  test('objects merge, at any depth', () => {
    expect(merge({ a: base }, { a: { limits: { cpu: '2' } } }, 'api')).toEqual({ a: { ...base, limits: { cpu: '2', memory: '1Gi' } } });
  });

  test('lists replace', () => {
    expect(merge(base, { args: ['z'] }, 'api')).toEqual({ ...base, args: ['z'] });
    expect(merge(base, { args: [] }, 'api')).toEqual({ ...base, args: [] });
  });

  test('values made by functions replace, and are replaced', () => {
    expect(merge(base, { check: exec('true') }, 'api')).toEqual({ ...base, check: exec('true') });
    expect(merge({ source: http('/') }, { source: { a: 1 } }, 'api')).toEqual({ source: { a: 1 } });
  });

  test('what the base does not state is added', () => {
    expect(merge(base, { env: { A: '1' } }, 'api')).toEqual({ ...base, env: { A: '1' } });
  });

  test('functions compute from the value below', () => {
    const patch = {
      limits: { cpu: (cpu: string) => `${cpu}000m` },
      args: (args: readonly string[]) => [...args, 'z'],
      unstated: (below: unknown) => [below],
    };
    expect(merge(base, patch, 'api')).toEqual({
      ...base,
      limits: { cpu: '1000m', memory: '1Gi' },
      args: ['x', 'y', 'z'],
      unstated: [undefined],
    });
  });

  test('`remove` takes a field away, and leaves no trace of it', () => {
    const merged = merge(base, { check: remove, limits: { cpu: remove } }, 'api') as typeof base;
    expect(Object.keys(merged)).toEqual(['image', 'args', 'limits']);
    expect(Object.keys(merged.limits)).toEqual(['memory']);
  });

  test('`remove` of what is not there is an error that says where', () => {
    expect(() => merge(base, { termination: remove }, 'api')).toThrow('api.termination: the overlay removes this field');
    expect(() => merge(base, { limits: { disk: remove } }, 'api')).toThrow('api.limits.disk: ');
    expect(() => merge(base, { env: { A: remove } }, 'api')).toThrow('api.env.A: ');
  });

  test('an undefined member says nothing', () => {
    expect(merge(base, { image: undefined }, 'api')).toEqual(base);
  });

  test('of nothing changes nothing', () => {
    fc.assert(
      fc.property(settled, (props) => {
        expect(merge(props, {}, 'api')).toEqual(props);
      }),
    );
  });

  test('of the base itself changes nothing', () => {
    fc.assert(
      fc.property(settled, (props) => {
        expect(merge(props, props, 'api')).toEqual(props);
      }),
    );
  });

  test('what the last of several overlays says stands, whatever lies below', () => {
    fc.assert(
      fc.property(settled, settled, settled, (props, environment, region) => {
        const both = merge(merge(props, environment, 'api'), region, 'api');
        expect(merge(both, region, 'api')).toEqual(both);
      }),
    );
  });

  test('changes neither base nor overlay', () => {
    fc.assert(
      fc.property(settled, settled, (props, patch) => {
        const before = structuredCloneOf([props, patch]);
        merge(props, patch, 'api');
        expect([props, patch]).toEqual(before);
      }),
    );
  });
});

/** A copy of plain objects and lists that keeps instances of classes. */
function structuredCloneOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCloneOf);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, structuredCloneOf(member)]));
}
