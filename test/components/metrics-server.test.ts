import { describe, expect, test } from 'vitest';
import { certManager } from '../../charts/cert-manager';
import type { Cluster } from '../../charts/cluster';
import { issuer } from '../../charts/gitops';
import { metricsServer } from '../../charts/metrics-server';
import { environments } from '../../overlays/environments';
import { hasRbacFacts } from '../native/rbac-facts';
import { clusterWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';
import { containerOf, flag, rightsBeside, withRole } from './native';

const NAME = 'metrics-server';
const render = (changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...withRole('cert-manager/cert-manager'), ...changes });
  return delivered(cluster, [certManager(cluster), metricsServer(cluster)], [issuer('cluster-ca')]);
};

describe.each([
  { kubernetes: '1.28', version: 'v0.7.2' },
  { kubernetes: '1.34', version: 'v0.8.1' },
] as const)('metrics-server on Kubernetes $kubernetes', ({ kubernetes, version }) => {
  const { objects } = render({ kubernetes });

  test('runs the version of the catalogue', () => {
    expect(containerOf(objects, NAME).image).toBe(`registry.k8s.io/metrics-server/metrics-server:${version}`);
  });

  // The facts stand in ../shared; where that is absent, skipped.
  test.skipIf(!hasRbacFacts)('may do what upstream lets it, but read namespaces and all ConfigMaps', () => {
    expect(rightsBeside(objects, NAME, kubernetes, NAME)).toEqual({
      wider: [],
      narrower: ['configmaps', 'namespaces'].flatMap((what) => ['get', 'list', 'watch'].map((verb) => `${verb} /${what}`)).sort(),
    });
  });
});

describe('metrics-server', () => {
  test('is asked by the API server under a certificate that is checked', () => {
    const { objects } = render();
    const { metadata, spec } = objects.one('APIService');
    expect(spec.insecureSkipTLSVerify).toBeUndefined();
    const [namespace, name] = metadata.annotations['cert-manager.io/inject-ca-from'].split('/');
    const certificate = objects.one('Certificate', name);
    expect(certificate.metadata.namespace).toBe(namespace);
    // The name under which the API server asks for it is that of the Service.
    expect(certificate.spec.dnsNames).toContain(`${spec.service.name}.${spec.service.namespace}.svc`);
    const pod = objects.one('Deployment', NAME).spec.template.spec;
    const volume = pod.volumes.find(({ secret }: Rendered) => secret?.secretName === certificate.spec.secretName);
    const { mountPath } = pod.containers[0].volumeMounts.find((mount: Rendered) => mount.name === volume.name);
    expect(flag(objects, NAME, 'tls-cert-file')).toEqual([`${mountPath}/tls.crt`]);
    expect(flag(objects, NAME, 'tls-private-key-file')).toEqual([`${mountPath}/tls.key`]);
  });

  test('comes after cert-manager, which makes its certificate', () => {
    const { wave } = render();
    expect(wave(NAME)).toBeGreaterThan(wave('cert-manager'));
  });

  test('listens where the Service leads, probes ask and Prometheus scrapes, over TLS', () => {
    const { objects } = render();
    const { ports, livenessProbe, readinessProbe } = containerOf(objects, NAME);
    expect(flag(objects, NAME, 'secure-port')).toEqual([String(ports[0].containerPort)]);
    expect(objects.one('Service', NAME).spec.ports[0].targetPort).toBe(ports[0].name);
    for (const { httpGet } of [livenessProbe, readinessProbe])
      expect(httpGet).toMatchObject({ scheme: 'HTTPS', port: ports[0].containerPort });
    const [endpoint] = objects.one('PodMonitor', NAME).spec.podMetricsEndpoints;
    expect(endpoint).toMatchObject({ port: ports[0].name, scheme: 'https' });
    // Neither Prometheus nor the kubelet has a token that it would have to check.
    expect(flag(objects, NAME, 'authorization-always-allow-paths')[0]?.split(',')).toEqual(
      expect.arrayContaining([endpoint.path, livenessProbe.httpGet.path, readinessProbe.httpGet.path]),
    );
  });

  test('reaches the kubelets at the addresses of nodes, and is reached by the API server and Prometheus alone', () => {
    const policy = render().objects.one('NetworkPolicy', NAME);
    const blocks = policy.spec.egress
      .filter(({ ports }: Rendered) => ports.some(({ port }: Rendered) => port === 10250))
      .flatMap(({ to }: Rendered) => to.map(({ ipBlock }: Rendered) => ipBlock.cidr));
    expect(blocks).toEqual(['10.0.32.0/19', '10.0.64.0/19']);
    expect(policy.metadata.annotations['edges.fleet/ingress']).toMatch(/^https from api-server.*monitoring\/prometheus\n$/);
  });

  test('lets people who may look at a namespace ask what its pods use', () => {
    const reader = render().objects.one('ClusterRole', 'metrics-server-reader');
    expect(Object.keys(reader.metadata.labels)).toContain('rbac.authorization.k8s.io/aggregate-to-view');
    expect(reader.rules).toEqual([expect.objectContaining({ apiGroups: ['metrics.k8s.io'], verbs: ['get', 'list', 'watch'] })]);
  });

  test('has a second pod where the environment is highly available', () => {
    const replicas = (changes: Partial<Cluster>) => render(changes).objects.one('Deployment', NAME).spec.replicas;
    expect([replicas({}), replicas({ environment: environments.production })]).toEqual([1, 2]);
  });
});
