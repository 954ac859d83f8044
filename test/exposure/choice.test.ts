import { describe, expect, test } from 'vitest';
import type { IngressChoice } from '../../charts/exposure';
import { aService } from '../workload/fixtures';
import { type Rendered, render } from '../workload/support';
import { alb, chosen, gateway } from './support';

// One definition; what differs is the cluster alone.
const workload = aService({ expose: { host: 'www', maxBodySize: '8m', rateLimit: { requestsPerSecond: 3 }, readTimeoutSeconds: 30 } });
const ways: Readonly<Record<IngressChoice['kind'], IngressChoice>> = { nginx: { kind: 'nginx' }, alb, gateway };
const rendered = (way: IngressChoice['kind']) => render(workload, { cluster: chosen(ways[way]) });
const names = (objects: readonly Rendered[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

describe.each(['alb', 'gateway'] as const)('a cluster that moves from nginx to %s', (way) => {
  test('leaves the workload as it is: only who calls it, and what leads to it, differ', () => {
    const edge = /^(Ingress|HTTPRoute|Certificate|NetworkPolicy|MeshTLSAuthentication|NetworkAuthentication|AuthorizationPolicy|Server) /;
    const rest = (objects: readonly Rendered[]) => objects.filter(({ kind }) => !edge.test(`${kind} `));
    expect(rest(rendered(way).all)).toEqual(rest(rendered('nginx').all));
    expect(names(rendered(way).all)).not.toEqual(names(rendered('nginx').all));
  });

  test('reaches the same host and path on the same port', () => {
    const reached = (kind: IngressChoice['kind']) => {
      const [ingress] = rendered(kind).of('Ingress');
      const [route] = rendered(kind).of('HTTPRoute');
      const path = ingress?.spec.rules[0].http.paths[0];
      return ingress === undefined
        ? [route.spec.hostnames[0], route.spec.rules[0].matches[0].path.value, route.spec.rules[0].backendRefs[0].name]
        : [ingress.spec.rules[0].host, path.path, path.backend.service.name];
    };
    expect(reached(way)).toEqual(reached('nginx'));
  });
});

test('moving from nginx to a Gateway keeps the certificate of the host', () => {
  expect(rendered('gateway').one('Certificate')).toEqual(rendered('nginx').one('Certificate'));
});

describe('nginx', () => {
  const annotations = (expose: object, choice: object = {}) =>
    render(aService({ expose: { host: 'www', ...expose } }), { cluster: chosen({ kind: 'nginx', ...choice }) }).one('Ingress').metadata
      .annotations;
  const limits = (expose: object, choice?: object) => {
    const all = annotations(expose, choice);
    return ['limit-rps', 'limit-burst-multiplier', 'limit-connections'].map((name) => Number(all[`nginx.ingress.kubernetes.io/${name}`]));
  };

  test('limits every client: as the workload says, else the cluster, else by default', () => {
    expect(limits({})).toEqual([50, 5, 100]);
    expect(limits({}, { rateLimit: { requestsPerSecond: 20 } })).toEqual([20, 5, 100]);
    expect(limits({ rateLimit: { connections: 7 } }, { rateLimit: { requestsPerSecond: 20 } })).toEqual([20, 5, 7]);
  });

  test('speaks gRPC to what speaks gRPC', () => {
    const traffic = { grpc: { protocol: 'gRPC' as const } };
    const protocol = (port: 'http' | 'grpc') =>
      render(aService({ expose: { host: 'www', port }, traffic })).one('Ingress').metadata.annotations[
        'nginx.ingress.kubernetes.io/backend-protocol'
      ];
    expect(protocol('grpc')).toBe('GRPC');
    expect(protocol('http')).toBeUndefined();
  });

  test('is given no limit and no size that it would not take', () => {
    expect(() => limits({ rateLimit: { requestsPerSecond: 0.5 } })).toThrow(
      /subject.expose.rateLimit.requestsPerSecond is 0.5; expected a whole number/,
    );
    expect(() => annotations({ maxBodySize: '8 MB' })).toThrow(/subject.expose.maxBodySize is '8 MB'; expected a size as nginx writes it/);
  });
});
