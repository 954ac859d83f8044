import { describe, expect, test } from 'vitest';
import { type CallOptions, type Edge, meshRoutes, type PodParty, type TrafficRoute } from '../../charts/network';
import type { Objects, Rendered } from '../workload/support';
import { party, rendered } from './support';

const caller = party('caller');
const api = party('api');

const routesOf = (edges: readonly Edge[], subject: PodParty = api): Objects =>
  rendered((scope) => meshRoutes(scope, 'route', subject, edges, { team: 'x' }));
const called = (options: CallOptions, subject: PodParty = api) => routesOf([{ from: caller, to: subject, port: 'http', options }], subject);
const withRoutes = (routes: Readonly<Record<string, TrafficRoute>>) => party('api', { ports: { http: { number: 8080, routes } } });
const methods = ({ spec }: Rendered) => spec.rules[0].matches.map((match: Rendered) => match.method);

const all: Required<CallOptions> = { timeout: '2s', retries: 3, tryTimeout: '500ms', rateLimit: 10 };

describe('routes of a port', () => {
  test('are none where nobody asks for a timeout or retries', () => {
    expect(called({}).all).toEqual([]);
    expect(called({ rateLimit: 5, retries: 0 }).all).toEqual([]);
  });

  test('belong to the Service, and send on to it', () => {
    const { spec } = called({ timeout: '2s' }).one('HTTPRoute', 'api-http');
    const service = { group: '', kind: 'Service', name: 'api', port: 8080 };
    expect(spec.parentRefs).toEqual([service]);
    expect(spec.rules[0].backendRefs).toEqual([{ ...service, weight: 1 }]);
    const named = party('api', { service: 'front' });
    expect(called({ timeout: '2s' }, named).one('HTTPRoute').spec.parentRefs[0].name).toBe('front');
  });

  test('send only GET and HEAD again; all other requests take the route beside', () => {
    const routes = called(all);
    expect(routes.of('HTTPRoute')).toHaveLength(2);
    const [again, once] = ['api-http-retried', 'api-http'].map((name) => routes.one('HTTPRoute', name));
    expect(methods(again)).toEqual(['GET', 'HEAD']);
    expect(again.metadata.annotations).toEqual({
      'retry.linkerd.io/http': '5xx',
      'retry.linkerd.io/limit': '3',
      'retry.linkerd.io/timeout': '500ms',
      'timeout.linkerd.io/request': '2s',
    });
    expect(methods(once)).toEqual([undefined]);
    expect(once.metadata.annotations).toEqual({ 'timeout.linkerd.io/request': '2s' });
  });

  test('by path stand beside one for all paths: a request that no route takes is refused', () => {
    const subject = withRoutes({
      reports: { path: '/reports', timeout: '30s' },
      reads: { path: '/books', method: 'GET', retries: 2 },
      orders: { path: '/orders', method: 'POST', timeout: '9s' },
    });
    const routes = called({}, subject);
    const paths = routes
      .of('HTTPRoute')
      .map((route): Rendered => [route.metadata.name, route.spec.rules[0].matches[0].path.value, methods(route)]);
    expect(paths).toEqual([
      ['api-http-orders', '/orders', ['POST']],
      ['api-http-reads-retried', '/books', ['GET']],
      ['api-http-reports', '/reports', [undefined]],
      ['api-http', '/', [undefined]],
    ]);
  });

  test('follow those who go through the Service, whoever else calls', () => {
    const routes = routesOf([
      { from: party('scraper'), to: api, port: 'http', direct: true, options: { rateLimit: 1 } },
      { from: caller, to: api, port: 'http', options: { timeout: '2s' } },
    ]);
    expect(routes.one('HTTPRoute').metadata.annotations).toEqual({ 'timeout.linkerd.io/request': '2s' });
  });

  test('are none for a port that is outside the mesh, or that nobody calls', () => {
    const outside = party('api', { ports: { http: { number: 8080, mesh: 'outside', routes: { x: { path: '/x', timeout: '1s' } } } } });
    expect(called({}, outside).all).toEqual([]);
    expect(routesOf([], withRoutes({ x: { path: '/x', timeout: '1s' } })).all).toEqual([]);
  });
});
