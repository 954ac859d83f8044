import { describe, expect, test } from 'vitest';
import { type KedaChoices, keda } from '../../charts/keda';
import { environments } from '../../overlays/environments';
import { delivered } from '../components/delivered';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';

const ROLE = 'arn:aws:iam::111122223333:role/shop-dev-keda';
const withRole = contractWith({ roles: { ...contract.roles, 'keda/keda-operator': ROLE } });

const render = (choices?: KedaChoices, changes = {}) => {
  const cluster = clusterWith(changes);
  return delivered(cluster, [keda(cluster, choices)]);
};

describe('KEDA with minimal choices', () => {
  test.each([
    ['1.28', '2.15.1'],
    ['1.34', '2.20.2'],
  ])('on Kubernetes %s is %s', (kubernetes, version) => {
    const { unit } = render({}, { kubernetes });
    expect(unit('keda').source).toMatchObject({ version });
    expect(unit('keda-crds').source).toMatchObject({ tag: `v${version}` });
  });

  test('reads no Secret: neither by a rule of its own nor by one for all kinds', () => {
    const { permissions, rbac } = render().values('keda');
    expect(permissions).toEqual({ operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } });
    expect(rbac.scaledRefKinds.filter(({ apiGroup, kind }: Rendered) => apiGroup === '*' || kind === '*')).toEqual([]);
  });

  test('asks nobody on the internet and has no role', () => {
    const { objects, values } = render();
    expect(JSON.stringify(objects.of('NetworkPolicy'))).not.toContain('0.0.0.0/0');
    expect(values('keda').podIdentity.aws.irsa).toEqual({ enabled: false, roleArn: '' });
  });

  test('is called by the API server on two ports, and by its own metrics server on a third', () => {
    const callers = (name: string, port: number) =>
      render()
        .objects.one('NetworkPolicy', name)
        .spec.ingress.find(({ ports }: Rendered) => ports[0].port === port).from;
    expect(callers('keda-operator-metrics-apiserver', 6443)[0]).toHaveProperty('ipBlock');
    expect(callers('keda-admission-webhooks', 9443)[0]).toHaveProperty('ipBlock');
    expect(callers('keda-operator', 9666)).toEqual([{ podSelector: { matchLabels: { app: 'keda-operator-metrics-apiserver' } } }]);
  });
});

describe('KEDA with all choices', () => {
  const choices: Required<KedaChoices> = { aws: true };

  test('asks AWS with its role', () => {
    const { objects, values } = render(choices, withRole);
    expect(values('keda').podIdentity.aws.irsa).toEqual({ enabled: true, roleArn: ROLE });
    const open = objects.of('NetworkPolicy').filter((policy: Rendered) => JSON.stringify(policy).includes('0.0.0.0/0'));
    expect(open.map(({ metadata }: Rendered) => metadata.name)).toEqual(['keda-operator']);
  });

  test('is refused where the contract has no role', () => {
    expect(() => render(choices)).toThrow(/roles has no entry "keda\/keda-operator"/);
  });

  test('runs twice where the environment is highly available', () => {
    const { operator, metricsServer, webhooks } = render(choices, { ...withRole, environment: environments.production }).values('keda');
    expect([operator, metricsServer, webhooks]).toEqual(Array(3).fill({ replicaCount: 2 }));
  });
});
