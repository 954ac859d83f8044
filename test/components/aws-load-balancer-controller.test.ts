import { describe, expect, test } from 'vitest';
import { awsLoadBalancerController, rendersAwsLoadBalancerController } from '../../charts/aws-load-balancer-controller';
import { certManager } from '../../charts/cert-manager';
import type { Cluster } from '../../charts/cluster';
import { issuer } from '../../charts/gitops';
import { environments } from '../../overlays/environments';
import { hasRbacFacts } from '../native/rbac-facts';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';
import { containerOf, flag, rightsBeside, roleOf } from './native';

const NAME = 'aws-load-balancer-controller';
const ACCOUNT = `kube-system/${NAME}`;
const ALB: Pick<Cluster, 'ingress'> = { ingress: { kind: 'alb', certificates: ['public'], accessLogs: { bucket: 'logs' } } };
const WEB_ACL = 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/12345678-1234-1234-1234-123456789012';
const roles = { 'cert-manager/cert-manager': roleOf('cert-manager/cert-manager'), [ACCOUNT]: roleOf(ACCOUNT) };
const render = (changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...contractWith({ roles }), ...changes });
  return delivered(cluster, [certManager(cluster), awsLoadBalancerController(cluster)], [issuer('cluster-ca')]);
};
const webhooks = (objects: ReturnType<typeof render>['objects'], kind: string): readonly Rendered[] => objects.one(kind, NAME).webhooks;

describe.each([
  { kubernetes: '1.28', version: 'v3.1.0' },
  { kubernetes: '1.34', version: 'v3.5.0' },
] as const)('the AWS Load Balancer Controller on Kubernetes $kubernetes', ({ kubernetes, version }) => {
  const { objects, unit, wave } = render({ kubernetes });

  test('runs the version of the catalogue, with the definitions of its tag before it', () => {
    expect(containerOf(objects, NAME).image).toMatch(new RegExp(`:${version}$`));
    expect(unit(`${NAME}-crds`).source).toMatchObject({ kind: 'git', path: 'config/crd', tag: version });
    expect(wave(`${NAME}-crds`)).toBeLessThan(wave(NAME));
    expect(wave('cert-manager')).toBeLessThan(wave(NAME));
  });

  // The facts stand in ../shared; where that is absent, skipped.
  test.skipIf(!hasRbacFacts)('may do what upstream lets it, but what is off or gone', () => {
    const unused =
      / ((gateway|aga)\.k8s\.aws\/|gateway\.networking\.k8s\.io\/|elbv2\.k8s\.aws\/albtargetcontrolconfigs|extensions\/|\/(endpoints|configmaps)\b)/;
    // Upstream writes groups and resources of several kinds into one rule: not all of these pairs exist.
    const nonsense =
      / (\/(ingresses|targetgroupbindings)|(elbv2\.k8s\.aws|networking\.k8s\.io)\/(services|pods|ingresses\/status)|elbv2\.k8s\.aws\/ingresses|networking\.k8s\.io\/targetgroupbindings)/;
    const { wider, narrower } = rightsBeside(objects, NAME, kubernetes, NAME);
    expect(wider).toEqual([]);
    expect(narrower.filter((right) => !unused.test(right) && !nonsense.test(right))).toEqual([]);
  });
});

describe('the AWS Load Balancer Controller', () => {
  const addons = { ...contract.addons, awsLoadBalancerController: { version: 'v2.8.1' } };

  test.each<readonly [string, Partial<Cluster>, boolean]>([
    ['ingress-nginx behind an NLB', {}, true],
    ['ALBs', ALB, true],
    ['ingress-nginx behind the NLB of the cloud provider', { ingress: { kind: 'nginx', loadBalancer: 'in-tree' } }, false],
    ['the contract’s own controller', { ...ALB, ...contractWith({ addons }) }, false],
  ])('with %s', (_what, changes, expected) => {
    expect(rendersAwsLoadBalancerController(clusterWith(changes))).toBe(expected);
  });

  test('knows its cluster without asking the metadata of its node', () => {
    const { objects } = render();
    expect(flag(objects, NAME, 'cluster-name')).toEqual([contract.cluster.name]);
    expect(flag(objects, NAME, 'aws-region')).toEqual([contract.region]);
    expect(flag(objects, NAME, 'aws-vpc-id')).toEqual([contract.vpc.id]);
    expect(objects.one('ServiceAccount', NAME).metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': roleOf(ACCOUNT) });
  });

  test('asks for the WAF where there is one', () => {
    expect(flag(render().objects, NAME, 'enable-wafv2')).toEqual(['false']);
    expect(flag(render(contractWith({ roles, webAcl: WEB_ACL })).objects, NAME, 'enable-wafv2')).toEqual(['true']);
  });

  test('serves and checks Ingresses only where ALBs are the cluster’s choice', () => {
    const [nlb, alb] = [render().objects, render(ALB).objects];
    const checksIngresses = (objects: typeof nlb) =>
      webhooks(objects, 'ValidatingWebhookConfiguration').some(({ rules }) => rules[0].resources.includes('ingresses'));
    expect([checksIngresses(nlb), checksIngresses(alb)]).toEqual([false, true]);
    expect(nlb.of('IngressClass')).toEqual([]);
    expect(alb.one('IngressClass').metadata.name).toBe('alb');
    expect(flag(alb, NAME, 'ingress-class')).toEqual(['alb']);
  });

  test('stands in the way of nothing but its own kinds while it is away', () => {
    const { objects } = render();
    const all = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].flatMap((kind) => webhooks(objects, kind));
    const strict = all.filter(({ failurePolicy }) => failurePolicy === 'Fail');
    expect(strict.length).toBeGreaterThan(0);
    for (const { rules } of strict) for (const { apiGroups } of rules) expect(apiGroups).toEqual(['elbv2.k8s.aws']);
  });

  test('answers webhooks under a certificate of the cluster’s own CA', () => {
    const { objects } = render();
    const certificate = objects.one('Certificate');
    const { volumes, containers } = objects.one('Deployment', NAME).spec.template.spec;
    expect(volumes[0].secret.secretName).toBe(certificate.spec.secretName);
    expect(flag(objects, NAME, 'webhook-cert-dir')).toEqual([containers[0].volumeMounts[0].mountPath]);
    for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']) {
      const { metadata } = objects.one(kind, NAME);
      expect(metadata.annotations['cert-manager.io/inject-ca-from']).toBe(`kube-system/${certificate.metadata.name}`);
      for (const { clientConfig } of webhooks(objects, kind)) {
        const service = objects.one('Service', clientConfig.service.name);
        expect(certificate.spec.dnsNames).toContain(`${service.metadata.name}.kube-system.svc`);
        expect(flag(objects, NAME, 'webhook-bind-port')).toEqual([
          String(containers[0].ports.find(({ name }: Rendered) => name === service.spec.ports[0].targetPort).containerPort),
        ]);
      }
    }
  });

  test('stands by in a second pod where the environment is highly available', () => {
    expect(render({ environment: environments.production }).objects.one('Deployment', NAME).spec.replicas).toBe(2);
  });
});
