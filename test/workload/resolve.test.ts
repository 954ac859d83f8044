import { describe, expect, test } from 'vitest';
import { absent, perEnvironment, remove } from '../../charts/overlay/value';
import { endpoint, WorkloadCall } from '../../charts/workload/calls';
import { service, worker } from '../../charts/workload/definition';
import type { Env } from '../../charts/workload/env';
import { type Overlay, platform } from '../../charts/workload/platform';
import { type AnyOverlay, resolvePlatform } from '../../charts/workload/resolve';
import { a } from '../types/circular-a';
import { b } from '../types/circular-b';
import { resources } from './fixtures';

const base = { image: 'shop/subject', nodeGroup: 'plain', resources, scale: { min: 1, max: 3 } };
const users = service('users', { ...base, ports: { http: 8080 } });
const api = service('api', {
  ...base,
  ports: { http: 8080 },
  scale: perEnvironment({ dev: { min: 1, max: 2 }, staging: { min: 2, max: 4 }, production: { min: 3, max: 9 } }),
  env: { LEVEL: 'info' },
}).calls(() => [users.on('http')]);
const queue = worker('queue', { ...base, ports: { metrics: 9090 } });
const shop = platform('shop', { api, users, queue });

const resolve = (environment: 'dev' | 'staging' | 'production', ...overlays: readonly Overlay<typeof shop>[]) =>
  new Map(resolvePlatform(shop, environment, overlays as readonly AnyOverlay[]).map((workload) => [workload.key, workload]));

describe('overlays', () => {
  test('the base is settled first, so that an overlay changes the value of its environment', () => {
    expect(resolve('production', { api: { scale: { max: (max) => max * 2 } } }).get('api')?.props).toMatchObject({
      scale: { min: 3, max: 18 },
    });
  });

  test("the environment's comes first, the region's on top", () => {
    const environment: Overlay<typeof shop> = { api: { env: { LEVEL: 'warn', ZONE: 'a' }, scale: { max: 10 } } };
    const region: Overlay<typeof shop> = { api: { env: { LEVEL: (level) => `${level}!` }, scale: { max: (max) => max + 1 } } };
    const props = resolve('production', environment, region).get('api')?.props;
    expect(props).toMatchObject({ env: { LEVEL: 'warn!', ZONE: 'a' }, scale: { min: 3, max: 11 } });
  });

  test('values per environment in what an overlay adds whole are settled too', () => {
    const env: Env = { DEBUG: perEnvironment({ dev: '1', staging: absent, production: absent }), LEVEL: 'info' };
    expect(resolve('dev', { users: { env } }).get('users')?.props.env).toEqual({ DEBUG: '1', LEVEL: 'info' });
    expect(resolve('staging', { users: { env } }).get('users')?.props.env).toEqual({ LEVEL: 'info' });
  });

  test('neither base nor overlay is changed: clusters do not see each other', () => {
    const overlay: Overlay<typeof shop> = { api: { env: { LEVEL: 'warn' }, scale: { max: (max) => max * 2 } } };
    const before = resolve('production');
    const first = resolve('production', overlay);
    expect(resolve('production', overlay)).toEqual(first);
    expect(resolve('production')).toEqual(before);
  });

  test('`remove` leaves a workload out', () => {
    expect([...resolve('dev', { queue: remove }).keys()]).toEqual(['api', 'users']);
  });

  test('a workload that one overlay removes cannot be changed by a later one', () => {
    expect(() => resolve('dev', { queue: remove }, { queue: { scale: { max: 9 } } })).toThrow(/queue: one overlay removes this workload/);
    expect(() => resolve('dev', { queue: remove }, { queue: remove })).toThrow(/queue: one overlay removes/);
    expect([...resolve('dev', { queue: { scale: { max: 9 } } }, { queue: remove }).keys()]).not.toContain('queue');
  });

  test('calls are replaced, or computed from those below', () => {
    const callsOf = (overlay: Overlay<typeof shop>) => resolve('dev', overlay).get('api')?.calls;
    expect(callsOf({})).toEqual([new WorkloadCall('users', 'http', {})]);
    expect(callsOf({ api: { calls: [] } })).toEqual([]);
    expect(callsOf({ api: { calls: (below) => [...below, endpoint('smtp')] } })).toEqual([
      new WorkloadCall('users', 'http', {}),
      endpoint('smtp'),
    ]);
  });

  test('patches of all layers apply, in their order', () => {
    const patch = (name: string) => ({ kind: 'Service', name });
    const resolved = resolve('dev', { api: { patch: [patch('one')] } }, { api: { patch: [patch('two')] } });
    expect(resolved.get('api')?.patches).toEqual([patch('one'), patch('two')]);
    expect(resolved.get('users')?.patches).toEqual([]);
  });
});

describe('a platform is refused', () => {
  test('when a callee is removed, with the way out', () => {
    expect(() => resolve('dev', { users: remove })).toThrow(/api: calls "users", which an overlay removes.*`calls` without it/);
    expect(() => resolve('dev', { users: remove, api: { calls: [] } })).not.toThrow();
  });

  test('when a callee is not listed', () => {
    expect(() => resolvePlatform(platform('shop', { api }), 'dev', [])).toThrow(
      /api: calls "users", which is not listed in apps\/shop\/index.ts/,
    );
  });

  test('when a called port does not exist', () => {
    const caller = service('caller', { ...base, ports: { http: 1 } }).calls(() => [new WorkloadCall('users', 'grpc', {})]);
    expect(() => resolvePlatform(platform('shop', { users, caller }), 'dev', [])).toThrow(
      /caller: calls port "grpc" of users.*has the ports http/,
    );
  });

  test('when a worker is called', () => {
    const caller = service('caller', { ...base, ports: { http: 1 } }).calls(() => [new WorkloadCall('queue', 'metrics', {})]);
    expect(() => resolvePlatform(platform('shop', { queue, caller }), 'dev', [])).toThrow(/Only ports of services can be called/);
  });

  test('when two workloads have one name', () => {
    const twin = service('users', { ...base, ports: { http: 1 } });
    expect(() => resolvePlatform(platform('shop', { users, twin }), 'dev', [])).toThrow(
      /workloads "users" and "twin" are both named "users"/,
    );
  });
});

test('two workloads may call each other', () => {
  const callsOf = (key: string) => resolvePlatform(platform('circle', { a, b }), 'dev', []).find((workload) => workload.key === key)?.calls;
  expect(callsOf('a')).toEqual([new WorkloadCall('b', 'grpc', {})]);
  expect(callsOf('b')).toEqual([new WorkloadCall('a', 'http', {})]);
});
