import { describe, expect, test } from 'vitest';
import { argoRollouts } from '../../charts/argo-rollouts';
import { type Capability, crds, service, type Unit } from '../../charts/gitops';
import type { PlatformComponent } from '../../charts/platform/component';
import { environments } from '../../overlays/environments';
import { delivered } from '../components/delivered';
import { clusterWith } from '../workload/support';

/** What the mesh brings. */
const mesh = (...provides: readonly Capability[]): PlatformComponent => ({
  runs: [],
  namespaces: [],
  network: { parties: [], edges: [] },
  deliver: () => [{ unit: { ...EMPTY, provides } }],
});
const EMPTY: Unit = {
  name: 'given',
  tier: 'platform',
  project: 'platform',
  namespace: 'default',
  stage: 'crds',
  provides: [],
  needs: [],
  source: { kind: 'git', repoURL: 'https://git.example/given.git', path: '.', tag: 'v1' },
  objects: [],
};

const render = (changes = {}) => {
  const cluster = clusterWith(changes);
  return delivered(cluster, [mesh(service('mesh'), crds('policy.linkerd.io')), argoRollouts(cluster)]);
};

describe('Argo Rollouts', () => {
  test('comes after its definitions, and its pods after the mesh that they ask Prometheus through', () => {
    const { unit, wave } = render();
    expect(wave('argo-rollouts-crds')).toBe(0);
    expect(wave('argo-rollouts')).toBeGreaterThan(0);
    expect(unit('argo-rollouts').needs).toContainEqual(service('mesh'));
    expect(render({ mesh: false }).unit('argo-rollouts').needs).not.toContainEqual(service('mesh'));
  });

  test('gives the controller no rights over routers that nobody uses', () => {
    const granted = (changes = {}) =>
      Object.entries(render(changes).values('argo-rollouts').providerRBAC.providers).flatMap(([name, given]) => (given ? [name] : []));
    expect(granted()).toEqual([]);
    expect(granted({ ingress: { kind: 'alb', certificates: ['main'], accessLogs: { bucket: 'logs' } } })).toEqual([
      'awsLoadBalancerController',
    ]);
  });

  test('runs twice where the environment is highly available', () => {
    expect(render().values('argo-rollouts').controller.replicas).toBe(1);
    expect(render({ environment: environments.staging }).values('argo-rollouts').controller.replicas).toBe(2);
  });

  test('reaches the API server and names, and nothing on the internet', () => {
    const policy = render({ mesh: false }).objects.one('NetworkPolicy', 'argo-rollouts');
    expect(policy.spec.egress).toHaveLength(2);
    expect(JSON.stringify(policy)).not.toContain('0.0.0.0/0');
  });
});
