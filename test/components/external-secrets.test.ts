import { describe, expect, test } from 'vitest';
import { EXTERNAL_SECRETS_NAMESPACE, externalSecrets } from '../../charts/external-secrets/unit';
import { unitsOf } from '../../fleet/units';
import { environments } from '../../overlays/environments';
import { clusterWith, contractWith, objects, type Rendered } from '../workload/support';

describe('External Secrets Operator', () => {
  const valuesOf = (cluster = clusterWith()): Rendered => {
    const { source } = externalSecrets(cluster);
    return source.kind === 'chart' ? source.valuesObject : undefined;
  };

  test('runs under the service account whose role the contract names', () => {
    expect(valuesOf().serviceAccount).toEqual({
      name: 'external-secrets',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/shop-dev-external-secrets' },
    });
    expect(() => valuesOf(clusterWith(contractWith({ roles: {} })))).toThrow(
      /aws.yaml: roles has no entry "external-secrets\/external-secrets"/,
    );
  });

  test('is highly available where the environment says so, with a leader among its replicas', () => {
    expect(valuesOf()).toMatchObject({
      replicaCount: 1,
      leaderElect: false,
      podDisruptionBudget: { enabled: false },
      webhook: { podDisruptionBudget: { enabled: false } },
    });
    expect(valuesOf(clusterWith({ environment: environments.production }))).toMatchObject({
      replicaCount: 2,
      leaderElect: true,
      webhook: { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
      podDisruptionBudget: { enabled: true },
    });
  });

  test('is pinned to a version, needs its namespace, and provides its kinds', () => {
    const { source, needs, provides } = externalSecrets(clusterWith());
    expect(source).toMatchObject({ kind: 'chart', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(needs).toContainEqual({ kind: 'namespace', name: EXTERNAL_SECRETS_NAMESPACE });
    expect(provides).toContainEqual({ kind: 'crds', name: 'external-secrets.io' });
  });

  test('keeps its definitions when it goes: every secret of the cluster goes with them', () => {
    expect(valuesOf().crds.annotations['argocd.argoproj.io/sync-options'].split(',').sort()).toEqual(['Delete=false', 'Prune=false']);
  });
});

describe('network policy of the operator', () => {
  const unitNamed = (name: string) => unitsOf(clusterWith(), []).units.find(({ unit }) => unit.name === name);
  const own = (name: string) =>
    objects(unitNamed(name)?.objects ?? [])
      .of('NetworkPolicy')
      .filter(({ metadata }) => metadata.namespace === EXTERNAL_SECRETS_NAMESPACE);
  const policy = (name: string) => own('namespaces').find(({ metadata }) => metadata.name === name)?.spec;
  const programs = ['external-secrets', 'external-secrets-cert-controller', 'external-secrets-webhook'];

  test('stands with the namespace, before the operator that could not start without it', () => {
    for (const name of programs) expect(policy(name).podSelector.matchLabels['app.kubernetes.io/name']).toBe(name);
    expect(unitNamed('namespaces')?.unit.stage).toBe('namespaces');
    expect(own('secret-stores')).toEqual([]);
  });

  test('reaches DNS, the API server and AWS, but neither the rest of the VPC nor the metadata service of its node', () => {
    const [api, aws, dns, ...more] = policy('external-secrets').egress;
    expect(more).toEqual([]);
    expect(dns.ports.map(({ port }: Rendered) => port)).toEqual([53, 53]);
    expect(api.to.map(({ ipBlock }: Rendered) => ipBlock.cidr)).toEqual(['10.0.12.0/28', '10.0.12.16/28', '172.20.0.1/32']);
    expect(aws.to).toEqual([
      { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '172.20.0.0/16'] } },
    ]);
    for (const rule of [api, aws]) expect(rule.ports).toEqual([{ protocol: 'TCP', port: 443 }]);
  });

  test('lets the operator alone out to AWS', () => {
    const world = (name: string) => JSON.stringify(policy(name)).includes('0.0.0.0/0');
    expect(programs.filter(world)).toEqual(['external-secrets']);
  });

  test('lets the API server call the webhook, from the addresses of its network interfaces', () => {
    expect(policy('external-secrets-webhook').ingress).toContainEqual({
      from: ['10.0.12.0/28', '10.0.12.16/28'].map((cidr) => ({ ipBlock: { cidr } })),
      ports: [{ protocol: 'TCP', port: 10250 }],
    });
  });
});
