import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../charts/cluster';
import { type ExternalDnsChoices, externalDns, recordAnnotations } from '../../charts/external-dns';
import { crds } from '../../charts/gitops';
import { environments } from '../../overlays/environments';
import { hasRbacFacts } from '../native/rbac-facts';
import { clusterWith, contract, contractWith } from '../workload/support';
import { delivered } from './delivered';
import { flag, rightsBeside, roleOf, withRole } from './native';

const NAME = 'external-dns';
const ACCOUNT = `${NAME}/${NAME}`;
const all = (choices: ExternalDnsChoices = {}, changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...withRole(ACCOUNT), ...changes });
  return delivered(cluster, [externalDns(cluster, choices)], [crds('gateway.networking.k8s.io')]);
};
const render = (...args: Parameters<typeof all>) => all(...args).objects;

describe('external-dns', () => {
  test('minimal choices: writes to the public zone and no other, in the name of its cluster', () => {
    const objects = render();
    expect(flag(objects, NAME, 'zone-id-filter')).toEqual([contract.hostedZones.public?.id]);
    expect(flag(objects, NAME, 'domain-filter')).toEqual([contract.hostedZones.public?.domain]);
    expect(flag(objects, NAME, 'aws-zone-type')).toEqual(['public']);
    expect(flag(objects, NAME, 'txt-owner-id')).toEqual(['shop-dev']);
    expect(flag(objects, NAME, 'source')).toEqual(['ingress', 'service']);
  });

  test('all choices: another zone, other sources, another policy', () => {
    const choices: Required<ExternalDnsChoices> = { sources: ['gateway-httproute'], zone: 'inside', policy: 'upsert-only' };
    const hostedZones = { inside: { id: 'Z999', domain: 'inside.shop.example', private: true } };
    const { data } = withRole(ACCOUNT).aws;
    const objects = render(choices, contractWith({ ...data, hostedZones }));
    expect(flag(objects, NAME, 'zone-id-filter')).toEqual(['Z999']);
    expect(flag(objects, NAME, 'aws-zone-type')).toEqual(['private']);
    expect(flag(objects, NAME, 'policy')).toEqual(['upsert-only']);
    expect(flag(objects, NAME, 'source')).toEqual(['gateway-httproute']);
    expect(flag(objects, NAME, 'service-type-filter')).toEqual([]);
  });

  test('never deletes a record in production, unless told to', () => {
    const policy = (choices: ExternalDnsChoices, environment: keyof typeof environments) =>
      flag(render(choices, { environment: environments[environment] }), NAME, 'policy')[0];
    expect(policy({}, 'dev')).toBe('sync');
    expect(policy({}, 'staging')).toBe('sync');
    expect(policy({}, 'production')).toBe('upsert-only');
    expect(policy({ policy: 'sync' }, 'production')).toBe('sync');
  });

  test('never runs twice: it elects no leader', () => {
    const { replicas, strategy } = render({}, { environment: environments.production }).one('Deployment').spec;
    expect([replicas, strategy]).toEqual([1, { type: 'Recreate' }]);
  });

  test('may read its sources, and nothing else', () => {
    const kinds = (...sources: NonNullable<ExternalDnsChoices['sources']>) =>
      render({ sources })
        .one('ClusterRole')
        .rules.flatMap(({ resources }: { resources: string[] }) => resources);
    expect(kinds('ingress')).toEqual(['ingresses']);
    expect(kinds('service')).toEqual(['services']);
    expect(kinds('gateway-httproute').sort()).toEqual(['gateways', 'httproutes', 'namespaces']);
  });

  // The facts stand in ../shared; where that is absent, skipped.
  test.skipIf(!hasRbacFacts)('may do what upstream lets it for the same sources, but look behind Services', () => {
    const { wider, narrower } = rightsBeside(render(), NAME, '1.28', NAME);
    expect(wider).toEqual([]);
    expect(narrower.filter((right) => !/ (\/pods|\/nodes|discovery\.k8s\.io\/endpointslices|extensions\/ingresses)$/.test(right))).toEqual(
      [],
    );
  });

  test('assumes the role of the contract, and is refused without one', () => {
    expect(render().one('ServiceAccount').metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': roleOf(ACCOUNT) });
    expect(() => render({}, contractWith({ roles: {} }))).toThrow(/no entry "external-dns\/external-dns"/);
    expect(() => render({ zone: 'gone' })).toThrow(/hostedZones has no entry "gone"/);
  });

  test('reads the annotations that regional records carry', () => {
    const [prefix = 'none'] = flag(render(), NAME, 'annotation-prefix');
    const annotations = Object.keys(recordAnnotations({ routing: 'latency', region: 'eu-west-1', identifier: 'shop-eu' }));
    expect(annotations.filter((annotation) => !annotation.startsWith(prefix))).toEqual([]);
  });

  test('waits for the definitions of the routes that it watches', () => {
    const needs = (choices: ExternalDnsChoices) => all(choices).unit(NAME).needs;
    expect(needs({ sources: ['gateway-httproute'] })).toContainEqual(crds('gateway.networking.k8s.io'));
    expect(needs({})).toEqual([]);
  });
});

describe('a regional record', () => {
  const prefix = 'external-dns.alpha.kubernetes.io';
  const healthCheck = '01234567-89ab-cdef-0123-456789abcdef';

  test('fails over from one cluster to another under one name', () => {
    const [primary, secondary] = (['primary', 'secondary'] as const).map((role) =>
      recordAnnotations({ routing: 'failover', role, identifier: `shop-${role}`, healthCheck }),
    );
    expect(primary?.[`${prefix}/aws-failover`]).toBe('PRIMARY');
    expect(secondary?.[`${prefix}/aws-failover`]).toBe('SECONDARY');
    expect(primary?.[`${prefix}/set-identifier`]).not.toBe(secondary?.[`${prefix}/set-identifier`]);
    expect(primary?.[`${prefix}/aws-health-check-id`]).toBe(healthCheck);
  });

  test('leads to the nearest region, and without a health check still looks at the load balancer', () => {
    expect(recordAnnotations({ routing: 'latency', region: 'eu-west-1', identifier: 'shop-eu' })).toEqual({
      [`${prefix}/set-identifier`]: 'shop-eu',
      [`${prefix}/aws-region`]: 'eu-west-1',
      [`${prefix}/aws-evaluate-target-health`]: 'true',
    });
  });

  test('is refused with a health check that is none', () => {
    expect(() => recordAnnotations({ routing: 'latency', region: 'eu-west-1', identifier: 'shop-eu', healthCheck: 'https://x' })).toThrow(
      /"shop-eu": healthCheck is 'https:\/\/x'; expected the id of a Route 53 health check/,
    );
  });
});
