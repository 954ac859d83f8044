import { describe, expect, test } from 'vitest';
import { type Edge, graphOf } from '../../charts/network';
import { meshPodAnnotations, meshServiceAnnotations } from '../../charts/network/pod-annotations';
import { clusterWith } from '../workload/support';
import { party } from './support';

const db = { name: 'db', blocks: [{ cidr: '10.0.8.0/24' }] };
const pods = party('pods', {
  ports: {
    b: { number: 9001, mesh: 'outside' },
    a: { number: 901, mesh: 'outside' },
    sql: { number: 6432, mesh: 'opaque' },
    http: { number: 8080, mesh: 'HTTP/1' },
  },
});
const to = (port: number, more: { readonly tlsFirst?: boolean } = {}): Edge => ({ from: pods, to: db, port, ...more });

describe('a proxy', () => {
  test('is told which ports it passes by, and which it does not look into, by number', () => {
    expect(meshPodAnnotations(pods, [])).toEqual({
      'config.linkerd.io/opaque-ports': '6432',
      'config.linkerd.io/skip-inbound-ports': '901,9001',
    });
    expect(meshServiceAnnotations(pods)).toEqual({ 'config.linkerd.io/opaque-ports': '6432' });
    expect(meshPodAnnotations(party('plain'), [])).toEqual({});
    expect(meshPodAnnotations({ ...pods, meshed: false }, [to(2525)])).toEqual({});
  });

  test.each([
    ['of a server that speaks first', to(2525), '2525'],
    ['on which the mesh never waits', to(5432, { tlsFirst: false }), undefined],
    ['where TLS comes first', to(6380, { tlsFirst: true }), undefined],
    ['of HTTPS', to(443), undefined],
  ])('leaves alone a port %s', (_, edge, expected) => {
    expect(meshPodAnnotations({ ...pods, ports: {} }, [edge])['config.linkerd.io/skip-outbound-ports']).toBe(expected);
  });

  test('that leaves a port alone cannot call pods on the same number', () => {
    const callee = party('callee', { ports: { odd: { number: 2525 } } });
    const edges: Edge[] = [to(2525), { from: pods, to: callee, port: 'odd' }];
    expect(() => graphOf(clusterWith(), [{ parties: [pods, callee], edges }])).toThrow(
      /shop\/pods calls "odd" of shop\/callee: its number, 2525.*without the caller's identity/,
    );
  });
});
