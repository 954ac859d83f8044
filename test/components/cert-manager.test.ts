import { describe, expect, test } from 'vitest';
import { CERT_MANAGER_NAMESPACE, certManager } from '../../charts/cert-manager';
import type { Cluster } from '../../charts/cluster';
import { isKustomization } from '../../charts/gitops/kustomization';
import { environments } from '../../overlays/environments';
import { hasRbacFacts, missingFrom, renderedRights, upstreamRights } from '../native/rbac-facts';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';

const ROLE = 'arn:aws:iam::111122223333:role/shop-dev-cert-manager';
const roles = contractWith({ roles: { ...contract.roles, 'cert-manager/cert-manager': ROLE } });
const render = (changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...roles, ...changes });
  return delivered(cluster, [certManager(cluster)]);
};
const container = (rendered: ReturnType<typeof render>, name: string): Rendered =>
  rendered.objects.one('Deployment', name).spec.template.spec.containers[0];

const PROGRAMS = ['cert-manager', 'cert-manager-cainjector', 'cert-manager-webhook'];
const LINES = [
  { kubernetes: '1.28', version: 'v1.16.5' },
  { kubernetes: '1.34', version: 'v1.21.1' },
] as const;

describe.each(LINES)('cert-manager on Kubernetes $kubernetes', ({ kubernetes, version }) => {
  const rendered = render({ kubernetes });

  test('runs the version of the catalogue, the solver of HTTP-01 included, which only an argument names', () => {
    for (const name of PROGRAMS) expect(container(rendered, name).image).toMatch(new RegExp(`:${version}$`));
    expect(container(rendered, 'cert-manager').args).toContain(
      `--acme-http01-solver-image=quay.io/jetstack/cert-manager-acmesolver:${version}`,
    );
  });

  test('takes the definitions of that version, before anything else', () => {
    const { objects, clusterKinds } = rendered.unit('cert-manager-crds');
    const [kustomization, ...more] = objects;
    expect(more).toEqual([]);
    expect(kustomization !== undefined && isKustomization(kustomization)).toBe(true);
    expect(kustomization).toMatchObject({ resources: [expect.stringContaining(`/${version}/`)] });
    expect(clusterKinds).toEqual([{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }]);
    expect(rendered.wave('cert-manager-crds')).toBeLessThan(rendered.wave('namespaces'));
    expect(rendered.wave('namespaces')).toBeLessThan(rendered.wave('cert-manager'));
  });

  // The facts stand in ../shared; where that is absent, skipped.
  test.skipIf(!hasRbacFacts)('may do nothing that upstream does not grant', () => {
    for (const account of PROGRAMS) {
      expect(missingFrom(renderedRights(rendered.objects, account), upstreamRights('cert-manager', kubernetes, account))).toEqual([]);
    }
  });

  test.skipIf(!hasRbacFacts)('may do all that upstream grants, but what is not used here', () => {
    const unused = [
      // CertificateSigningRequests of Kubernetes: an experiment that is off.
      /certificates\.k8s\.io\//,
      /^cluster create authorization\.k8s\.io\/subjectaccessreviews$/,
      // Solvers of HTTP-01: challenges are answered in DNS.
      /^cluster (create|delete) \/(pods|services)$/,
      /^cluster (create|update|delete) networking\.k8s\.io\/ingresses$/,
      /route\.openshift\.io\//,
      // Shims: every Certificate is rendered.
      /^cluster (create|delete) cert-manager\.io\/certificates$/,
      /networking\.k8s\.io\/ingresses\/finalizers$/,
      /gateway\.networking\.k8s\.io\//,
      // The controller's own token assumes the IAM role.
      /serviceaccounts\/token cert-manager$/,
    ];
    const withheld = (account: string) =>
      missingFrom(upstreamRights('cert-manager', kubernetes, account), renderedRights(rendered.objects, account));
    expect(withheld('cert-manager').filter((right) => !unused.some((pattern) => pattern.test(right)))).toEqual([]);
    // A lease of a name that no release uses any more.
    expect(withheld('cert-manager-cainjector').filter((right) => !right.endsWith('leader-election-core'))).toEqual([]);
    expect(withheld('cert-manager-webhook')).toEqual([]);
  });
});

describe('cert-manager', () => {
  test('writes to Route 53 with the role of the contract, under the one account that may assume it', () => {
    const { metadata } = render().objects.one('ServiceAccount', 'cert-manager');
    expect(metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': ROLE });
    expect(() => render(contractWith({ roles: {} }))).toThrow(/roles has no entry "cert-manager\/cert-manager"/);
  });

  test('has one pod of each program, or several with a leader where the environment is highly available', () => {
    const replicas = (rendered: ReturnType<typeof render>) =>
      PROGRAMS.map((name) => rendered.objects.one('Deployment', name).spec.replicas);
    expect(replicas(render())).toEqual([1, 1, 1]);
    const production = render({ environment: environments.production });
    expect(replicas(production)).toEqual([2, 2, 3]);
    const leases = production.objects
      .of('Role')
      .flatMap(({ metadata, rules }) =>
        rules.flatMap(({ resources, resourceNames = [] }: Rendered) =>
          resources.includes('leases') ? resourceNames.map((name: string) => `${metadata.namespace}/${name}`) : [],
        ),
      );
    expect(leases.sort()).toEqual(
      ['cert-manager-cainjector-leader-election', 'cert-manager-controller'].map((name) => `${CERT_MANAGER_NAMESPACE}/${name}`),
    );
    for (const name of ['cert-manager', 'cert-manager-cainjector']) {
      expect(container(production, name).args).toContain(`--leader-election-namespace=${CERT_MANAGER_NAMESPACE}`);
    }
  });

  test('has its webhook asked for every object of its own, with a CA that is injected and never rendered', () => {
    const { objects } = render();
    const service = objects.one('Service');
    const port = objects
      .one('Deployment', 'cert-manager-webhook')
      .spec.template.spec.containers[0].ports.find(({ name }: Rendered) => name === service.spec.ports[0].targetPort);
    expect(container(render(), 'cert-manager-webhook').args).toContain(`--secure-port=${port.containerPort}`);
    for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
      const { metadata, webhooks } = objects.one(kind);
      const [secretNamespace, secret] = metadata.annotations['cert-manager.io/inject-ca-from-secret'].split('/');
      expect(container(render(), 'cert-manager-webhook').args).toEqual(
        expect.arrayContaining([
          `--dynamic-serving-ca-secret-namespace=${secretNamespace}`,
          `--dynamic-serving-ca-secret-name=${secret}`,
          `--dynamic-serving-dns-names=${service.metadata.name}.${secretNamespace}.svc`,
        ]),
      );
      for (const { clientConfig, failurePolicy } of webhooks) {
        expect(clientConfig.service).toMatchObject({ name: service.metadata.name, namespace: service.metadata.namespace });
        expect(clientConfig.caBundle).toBeUndefined();
        expect(failurePolicy).toBe('Fail');
      }
    }
  });

  test('lets nobody else make Certificates: no role of its own is added to those of people', () => {
    const aggregated = render()
      .objects.of('ClusterRole')
      .filter(({ metadata }) => Object.keys(metadata.labels).some((label) => label.includes('aggregate-to')));
    expect(aggregated).toEqual([]);
  });

  test('is reached by the API server on the webhook and by Prometheus alone, and only its controller gets out', () => {
    const policy = (name: string) => render().objects.one('NetworkPolicy', name);
    expect(policy('cert-manager-webhook').metadata.annotations['edges.fleet/ingress'].trim().split('\n')).toEqual([
      'http-metrics from monitoring/prometheus',
      'https from api-server',
    ]);
    const world = (name: string) => JSON.stringify(policy(name).spec.egress).includes('0.0.0.0/0');
    expect(PROGRAMS.filter(world)).toEqual(['cert-manager']);
    // It asks the cluster's DNS whether a challenge has arrived, and no name server of the internet.
    expect(
      JSON.stringify(policy('cert-manager').spec.egress.filter((rule: Rendered) => JSON.stringify(rule).includes('0.0.0.0/0'))),
    ).not.toContain('"port":53');
    expect(container(render(), 'cert-manager').args).toContain('--dns01-recursive-nameservers-only');
  });

  test('fits its namespace, with a rollout of every program and trust-manager beside it', () => {
    const { objects } = render({ environment: environments.production });
    const { hard } = objects.one('ResourceQuota').spec;
    const pods = objects.of('Deployment').reduce((sum, { spec }) => sum + spec.replicas + 1, 3);
    expect(Number(hard.pods)).toBeGreaterThanOrEqual(pods);
    expect(objects.one('Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });
});
