import { describe, expect, test } from 'vitest';
import { certManager } from '../../charts/cert-manager';
import type { Cluster } from '../../charts/cluster';
import { trustManager } from '../../charts/trust-manager';
import { environments } from '../../overlays/environments';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';

const roles = contractWith({ roles: { ...contract.roles, 'cert-manager/cert-manager': 'arn:aws:iam::111122223333:role/shop-dev-cm' } });
const render = (changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...roles, ...changes });
  return delivered(cluster, [certManager(cluster), trustManager(cluster)]);
};

describe.each(['1.28', '1.34'])('trust-manager on Kubernetes %s', (kubernetes) => {
  const rendered = render({ kubernetes });

  test('has chart, image and definition of one version, the definition first', () => {
    const { source } = rendered.unit('trust-manager');
    const { tag } = rendered.values('trust-manager').image;
    expect(source).toMatchObject({ kind: 'chart', version: tag });
    expect(rendered.unit('trust-manager-crds').objects).toMatchObject([{ resources: [expect.stringContaining(`/${tag}/`)] }]);
    expect(rendered.values('trust-manager').crds).toEqual({ enabled: false });
    expect(rendered.wave('trust-manager-crds')).toBeLessThan(rendered.wave('trust-manager'));
  });

  test('comes after cert-manager, which makes the certificate of its webhook', () => {
    expect(rendered.wave('trust-manager')).toBeGreaterThan(rendered.wave('cert-manager'));
  });
});

describe('trust-manager', () => {
  test('reads Secrets of one namespace and writes none', () => {
    const values = render().values('trust-manager');
    expect(values.app.trust.namespace).toBe(render().unit('trust-manager').namespace);
    expect(values.secretTargets).toEqual({ enabled: false });
  });

  test('is scraped once, by the monitor of its chart', () => {
    const rendered = render();
    expect(rendered.values('trust-manager').app.metrics.service.servicemonitor).toEqual({ enabled: true });
    expect(rendered.unit('trust-manager').needs).toContainEqual({ kind: 'crds', name: 'monitoring.coreos.com' });
    expect(rendered.objects.of('PodMonitor').map(({ metadata }) => metadata.name)).not.toContain('trust-manager');
  });

  test('has two pods where the environment is highly available, and its budget never blocks a drain', () => {
    const replicas = (environment: Cluster['environment']) => render({ environment }).values('trust-manager').replicaCount;
    expect([replicas(environments.dev), replicas(environments.production)]).toEqual([1, 2]);
    expect(render().values('trust-manager').podDisruptionBudget).toEqual({ enabled: true, maxUnavailable: 1 });
  });

  test('is reached by the API server and by Prometheus, and gets out to DNS and the API server only', () => {
    const { metadata, spec } = render().objects.one('NetworkPolicy', 'trust-manager');
    expect(spec.podSelector.matchLabels).toEqual({ app: 'trust-manager' });
    expect(metadata.annotations['edges.fleet/ingress'].trim().split('\n')).toEqual([
      'metrics from monitoring/prometheus',
      'webhook from api-server',
    ]);
    const targets = metadata.annotations['edges.fleet/egress']
      .trim()
      .split('\n')
      .map((line: string) => line.split(' to ')[1]);
    expect(targets).toEqual(['api-server', 'kube-system/coredns']);
    expect(spec.egress.every(({ to }: Rendered) => to.length > 0)).toBe(true);
  });
});
