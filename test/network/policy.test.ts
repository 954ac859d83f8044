import { describe, expect, test } from 'vitest';
import { type Edge, networkPolicy, type PodParty } from '../../charts/network';
import type { Rendered } from '../workload/support';
import { party, rendered } from './support';

const api = party('api', {
  ports: { http: { number: 8080 }, grpc: { number: 9000 }, raw: { number: 7000, mesh: 'outside' }, dns: { number: 53, protocol: 'UDP' } },
});
const caller = party('caller');
const other = party('other');
const far = party('far', { namespace: 'away' });
const job = party('job', { meshed: false, ports: {} });
const outside = { name: 'internet', blocks: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }] };

const policyOf = (subject: PodParty, edges: readonly Edge[]): Rendered =>
  rendered((scope) => networkPolicy(scope, 'policy', subject, edges, { team: 'x' })).one('NetworkPolicy', subject.name);
const ports = (rule: Rendered) => rule.ports.map(({ port }: Rendered) => port);

describe('the policy of a party', () => {
  test('without edges denies both ways, and says nothing beside', () => {
    const { metadata, spec } = policyOf(api, []);
    expect(spec).toEqual({ podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Ingress', 'Egress'] });
    expect(metadata).toEqual({ name: 'api', namespace: 'shop', labels: { team: 'x' } });
  });

  test('passes over the edges of others', () => {
    expect(policyOf(api, [{ from: caller, to: other, port: 'http' }]).spec).not.toHaveProperty('ingress');
    // The same name in another namespace is another party.
    const twin = party('api', { namespace: 'away' });
    expect(policyOf(api, [{ from: caller, to: twin, port: 'http' }]).spec).not.toHaveProperty('ingress');
  });

  test('has one ingress rule per set of ports, its callers sorted', () => {
    const edges: Edge[] = [
      { from: other, to: api, port: 'http' },
      { from: caller, to: api, port: 'http' },
      { from: far, to: api, port: 'grpc' },
      { from: far, to: api, port: 'http' },
    ];
    for (const order of [edges, edges.toReversed()]) {
      const { ingress } = policyOf(api, order).spec;
      expect(ingress.map(ports)).toEqual([
        ['http', 'grpc', 4143],
        ['http', 4143],
      ]);
      expect(ingress[1].from.map(({ podSelector }: Rendered) => podSelector.matchLabels.app)).toEqual(['caller', 'other']);
    }
  });

  test('has one egress rule per target', () => {
    const { egress } = policyOf(caller, [
      { from: caller, to: outside, port: 587 },
      { from: caller, to: api, port: 'grpc' },
      { from: caller, to: outside, port: 443 },
      { from: caller, to: api, port: 'http' },
    ]).spec;
    expect(egress.map(ports)).toEqual([
      ['http', 'grpc', 4143],
      [443, 587],
    ]);
    expect(egress[1].to).toEqual([{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }]);
  });

  test('names pods of another namespace by both, in one peer: never all its pods', () => {
    const { spec } = policyOf(api, [{ from: far, to: api, port: 'http' }]);
    expect(spec.ingress[0].from).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'away' } }, podSelector: { matchLabels: { app: 'far' } } },
    ]);
  });

  test.each([
    ['from a caller in the mesh', caller, 'http', ['http', 4143]],
    ['from a caller outside the mesh', job, 'http', ['http']],
    ['to a port outside the mesh', caller, 'raw', ['raw']],
    ['by UDP, which no proxy knows', caller, 'dns', ['dns']],
  ])("opens the proxy's port where the connection is meshed: %s", (_, from, port, expected) => {
    const edges: Edge[] = [{ from, to: api, port }];
    expect(ports(policyOf(api, edges).spec.ingress[0])).toEqual(expected);
    expect(ports(policyOf(from, edges).spec.egress[0])).toEqual(expected);
  });

  test('numbers the ports of pods that come from elsewhere, whose names nobody here gives', () => {
    const foreign = party('dns', { foreign: true, meshed: false, ports: { dns: { number: 53, protocol: 'UDP' } } });
    expect(policyOf(caller, [{ from: caller, to: foreign, port: 'dns' }]).spec.egress[0].ports).toEqual([{ protocol: 'UDP', port: 53 }]);
  });

  test("reaches the proxy's own port by number", () => {
    expect(ports(policyOf(api, [{ from: far, to: api, port: 'linkerd-admin' }]).spec.ingress[0])).toEqual([4191, 4143]);
  });

  test('tells of every rule in a line, in their order', () => {
    const { metadata, spec } = policyOf(api, [
      { from: other, to: api, port: 'http' },
      { from: caller, to: api, port: 'http' },
      { from: far, to: api, port: 'grpc' },
      { from: api, to: outside, port: 443, why: 'takes payments' },
      { from: api, to: other, port: 'http' },
    ]);
    expect(metadata.annotations['edges.fleet/ingress']).toBe('grpc from away/far\nhttp from caller, other\n');
    expect(metadata.annotations['edges.fleet/egress']).toBe('443 to internet (takes payments)\nhttp to other\n');
    expect([spec.ingress.map(ports), spec.egress.map(ports)]).toEqual([
      [
        ['grpc', 4143],
        ['http', 4143],
      ],
      [[443], ['http', 4143]],
    ]);
  });
});
