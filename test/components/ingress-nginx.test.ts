import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { certManager } from '../../charts/cert-manager';
import { certificates } from '../../charts/certificates';
import type { Cluster } from '../../charts/cluster';
import type { NginxIngress } from '../../charts/exposure';
import { crds, service } from '../../charts/gitops';

import { ingressNginx } from '../../charts/ingress-nginx';
import { graphOf } from '../../charts/network';
import { runChecks } from '../../checks/run';
import { factsOf, networkFacts } from '../../fleet/facts';
import { environments } from '../../overlays/environments';
import { hasRbacFacts, missingFrom, renderedRights, upstreamRights } from '../native/rbac-facts';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { type Delivered, delivered } from './delivered';

const provided = contractWith({
  roles: { ...contract.roles, 'cert-manager/cert-manager': 'arn:aws:iam::111122223333:role/shop-dev-cert-manager' },
  addons: { ...contract.addons, awsLoadBalancerController: { version: 'v2.8.1' } },
});

/** The controller with what it needs; by default outside the mesh, whose webhook is another component's. */
function render(choice: Partial<NginxIngress> = {}, changes: Partial<Cluster> = {}): Delivered & { readonly cluster: Cluster } {
  const cluster = clusterWith({ ...provided, mesh: false, ...changes, ingress: { kind: 'nginx', ...choice } });
  const mesh = [service('mesh'), crds('policy.linkerd.io')];
  return { cluster, ...delivered(cluster, [certManager(cluster), certificates(cluster), ingressNginx(cluster)], mesh) };
}

const CONTROLLER = 'ingress-nginx-controller';
const podOf = ({ objects }: Delivered): Rendered => objects.one('Deployment', CONTROLLER).spec.template;
const containerOf = (rendered: Delivered): Rendered => podOf(rendered).spec.containers[0];
const serviceOf = ({ objects }: Delivered): Rendered => objects.one('Service', CONTROLLER);
const configOf = ({ objects }: Delivered): Rendered => objects.one('ConfigMap', CONTROLLER).data;
const policyOf = ({ objects }: Delivered): Rendered => objects.one('NetworkPolicy', CONTROLLER);

const everything: Required<NginxIngress> = {
  kind: 'nginx',
  minimumTls: '1.3',
  hsts: { maxAgeSeconds: 86_400, includeSubdomains: false },
  rateLimit: { requestsPerSecond: 10, burstFactor: 2, connections: 20 },
  loadBalancer: 'in-tree',
  scale: { min: 2, max: 6 },
  resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '1Gi', cpu: '1' } },
};

describe.each(['1.28', '1.34'])('ingress-nginx on Kubernetes %s', (kubernetes) => {
  test.each([
    ['with minimal choices', {}, {}],
    ['with all choices', everything, {}],
    ['in the mesh, in production', {}, { mesh: true, environment: environments.production }],
  ] as const)('passes the checks %s', (_, choice, changes) => {
    const { cluster, objects, graph } = render(choice, { kubernetes, ...changes });
    const { findings } = runChecks(objects.sourced, { ...factsOf(cluster), ...networkFacts(graph) });
    expect(findings.map(({ check, object, message }) => `${check}: ${object}: ${message}`)).toEqual([]);
  });

  test.skipIf(!hasRbacFacts)('may do what upstream grants, and nothing else', () => {
    const { objects } = render({}, { kubernetes });
    const own = renderedRights(objects, 'ingress-nginx');
    const upstream = upstreamRights('ingress-nginx', kubernetes as '1.28' | '1.34', 'ingress-nginx');
    expect(missingFrom(own, upstream)).toEqual([]);
    // What is granted everywhere need not be granted in one namespace again.
    const missing = missingFrom(upstream, own).filter((right) => !own.has(right.replace(/^namespace /, 'cluster ')));
    // Only asked for when one namespace alone is watched.
    expect(missing).toEqual(['namespace get /namespaces']);
  });
});

describe('the controller', () => {
  test('listens on high ports and holds no more than its image asks for', () => {
    const container = containerOf(render());
    const numbers = Object.fromEntries(container.ports.map(({ name, containerPort }: Rendered) => [name, containerPort]));
    expect(container.args).toEqual(
      expect.arrayContaining([`--http-port=${numbers.http}`, `--https-port=${numbers.https}`, `--validating-webhook=:${numbers.webhook}`]),
    );
    expect(Math.min(...(Object.values(numbers) as number[]))).toBeGreaterThan(1024);
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    });
  });

  test('runs twice in every environment, by load in production, and as the cluster says', () => {
    const replicas = (choice: Partial<NginxIngress>, environment: keyof typeof environments) => {
      const { objects } = render(choice, { environment: environments[environment] });
      const [hpa] = objects.of('HorizontalPodAutoscaler');
      return [objects.one('Deployment', CONTROLLER).spec.replicas, hpa?.spec.minReplicas, hpa?.spec.maxReplicas];
    };
    expect(replicas({}, 'dev')).toEqual([2, undefined, undefined]);
    expect(replicas({}, 'staging')).toEqual([2, undefined, undefined]);
    expect(replicas({}, 'production')).toEqual([undefined, 3, 9]);
    expect(replicas({ scale: 5 }, 'production')).toEqual([5, undefined, undefined]);
    expect(replicas({ scale: { min: 2, max: 4 } }, 'dev')).toEqual([undefined, 2, 4]);
  });

  test('finishes requests before it is killed, and its proxy outlives it', () => {
    const rendered = render({}, { mesh: true });
    const { spec, metadata } = podOf(rendered);
    const seconds = (text: string) => Number.parseInt(text, 10);
    const grace = Number(
      containerOf(rendered)
        .args.find((arg: string) => arg.startsWith('--shutdown-grace-period='))
        .split('=')[1],
    );
    expect(grace + seconds(configOf(rendered)['worker-shutdown-timeout'])).toBeLessThan(spec.terminationGracePeriodSeconds);
    expect(Number(metadata.annotations['config.alpha.linkerd.io/proxy-wait-before-exit-seconds'])).toBeGreaterThan(
      grace + seconds(configOf(rendered)['worker-shutdown-timeout']),
    );
  });

  test('takes calls from outside past the mesh, and is scraped inside it', () => {
    const rendered = render({}, { mesh: true });
    const passed = podOf(rendered).metadata.annotations['config.linkerd.io/skip-inbound-ports'].split(',').map(Number);
    const ports = containerOf(rendered).ports.filter(({ name }: Rendered) => name !== 'metrics');
    expect(passed).toEqual(ports.map(({ containerPort }: Rendered) => containerPort));
    expect(rendered.objects.one('Server', `${CONTROLLER}-metrics`).spec.port).toBe('metrics');
  });

  test('gives snippets and ExternalNames no way in', () => {
    const rendered = render();
    expect(configOf(rendered)).toMatchObject({ 'allow-snippet-annotations': 'false', 'annotations-risk-level': 'Medium' });
    expect(Object.keys(configOf(rendered)).filter((key) => key.endsWith('snippet'))).toEqual([]);
    expect(containerOf(rendered).args).toContain('--disable-svc-external-name=true');
  });
});

describe('its load balancer', () => {
  const subnets = Object.values(contract.vpc.subnets.public);
  const callers = (rendered: Delivered): Rendered =>
    policyOf(rendered).spec.ingress.find(({ ports }: Rendered) => ports.some(({ port }: Rendered) => port === 'https'));

  test('sends connections to the pods and says the client in the PROXY protocol; its subnets alone are let in and believed', () => {
    const rendered = render();
    const { metadata, spec } = serviceOf(rendered);
    const annotation = (name: string) => metadata.annotations[`service.beta.kubernetes.io/aws-load-balancer-${name}`];
    expect(annotation('nlb-target-type')).toBe('ip');
    expect(annotation('target-group-attributes').split(',')).toEqual(
      expect.arrayContaining(['proxy_protocol_v2.enabled=true', 'preserve_client_ip.enabled=false']),
    );
    expect(spec).toMatchObject({ loadBalancerClass: 'service.k8s.aws/nlb', allocateLoadBalancerNodePorts: false });
    expect(configOf(rendered)).toMatchObject({ 'use-proxy-protocol': 'true', 'proxy-real-ip-cidr': subnets.join(',') });
    expect(callers(rendered).from).toEqual(subnets.map((cidr) => ({ ipBlock: { cidr } })));
  });

  test('or to nodes, which keep the client’s address: then no header is believed', () => {
    const rendered = render({ loadBalancer: 'in-tree' });
    expect(serviceOf(rendered).spec).toMatchObject({ externalTrafficPolicy: 'Local' });
    expect(configOf(rendered)).toMatchObject({ 'use-proxy-protocol': 'false', 'use-forwarded-headers': 'false' });
    expect(configOf(rendered)).not.toHaveProperty('proxy-real-ip-cidr');
    expect(callers(rendered).from).toEqual([{ ipBlock: { cidr: '0.0.0.0/0', except: Object.values(contract.vpc.subnets.private) } }]);
  });

  test('is the one that the quota of the namespace allows', () => {
    const quota = (choice: Partial<NginxIngress>) => {
      const { objects } = render(choice);
      const { hard } = objects.of('ResourceQuota').find(({ metadata }) => metadata.namespace === 'ingress-nginx').spec;
      return [hard['services.loadbalancers'], hard['services.nodeports']];
    };
    expect(quota({})).toEqual(['1', '0']);
    expect(quota({ loadBalancer: 'in-tree' })).toEqual(['1', '2']);
  });

  test('takes a new pod up before an old one goes', () => {
    const label = (choice: Partial<NginxIngress>) =>
      render(choice).objects.one('Namespace', 'ingress-nginx').metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject'];
    expect(label({})).toBe('enabled');
    expect(label({ loadBalancer: 'in-tree' })).toBeUndefined();
  });

  test('needs subnets that the contract names', () => {
    const vpc = { ...contract.vpc, subnets: { ...contract.vpc.subnets, public: {} } };
    expect(() => render({}, contractWith({ vpc }))).toThrow(/aws.yaml: vpc.subnets.public: no subnets/);
  });
});

test('aetherial’s edge speaks TLS 1.3 only, others 1.2 as well', () => {
  expect(configOf(render())['ssl-protocols']).toBe('TLSv1.2 TLSv1.3');
  expect(configOf(render({ minimumTls: '1.3' }))['ssl-protocols']).toBe('TLSv1.3');
});

describe('its webhook', () => {
  test('is called by the API server, and by nobody else', () => {
    const rules = policyOf(render()).spec.ingress.filter(({ ports }: Rendered) => ports.some(({ port }: Rendered) => port === 'webhook'));
    const { controlPlane } = contract.vpc.subnets;
    expect(rules.flatMap(({ from }: Rendered) => from)).toEqual(Object.values(controlPlane).map((cidr) => ({ ipBlock: { cidr } })));
  });

  test('is called at a Service, with a CA that is injected from the certificate for that Service', () => {
    const { objects } = render();
    const { metadata, webhooks } = objects.one('ValidatingWebhookConfiguration', 'ingress-nginx-admission');
    const [namespace, name] = metadata.annotations['cert-manager.io/inject-ca-from'].split('/');
    const certificate = objects.of('Certificate').find((each) => each.metadata.name === name && each.metadata.namespace === namespace);
    const { service: called } = webhooks[0].clientConfig;
    expect(certificate.spec.dnsNames).toContain(`${called.name}.${called.namespace}.svc`);
    expect(objects.one('Service', called.name).spec.ports).toEqual([expect.objectContaining({ port: called.port, targetPort: 'webhook' })]);
    const mounted = objects.one('Deployment', CONTROLLER).spec.template.spec.volumes[0].secret.secretName;
    expect(mounted).toBe(certificate.spec.secretName);
  });
});

describe('its Application', () => {
  test('comes after what it needs, and brings the class that Ingresses name', () => {
    const rendered = render();
    for (const before of ['cert-manager', 'certificate-authority', 'namespaces'])
      expect(rendered.wave('ingress-nginx')).toBeGreaterThan(rendered.wave(before));
    expect(rendered.objects.one('IngressClass', 'nginx').spec.controller).toBe('k8s.io/ingress-nginx');
    expect(rendered.unit('ingress-nginx').provides).toContainEqual(service('ingress-nginx'));
  });

  test('waits for who makes the load balancer, unless the AWS layer or EKS does', () => {
    const waits = (choice: Partial<NginxIngress>, aws: Pick<Cluster, 'aws'>) => {
      const cluster = clusterWith({ ...aws, ingress: { kind: 'nginx', ...choice } });
      const [delivery] = ingressNginx(cluster).deliver(new App(), graphOf(cluster, [ingressNginx(cluster).network]));
      const needs = delivery !== undefined && 'chart' in delivery ? delivery.needs : [];
      return needs?.some(({ name }) => name === 'aws-load-balancer-controller');
    };
    expect(waits({}, contractWith({}))).toBe(true);
    expect(waits({}, provided)).toBe(false);
    expect(waits({ loadBalancer: 'in-tree' }, contractWith({}))).toBe(false);
  });

  test('is not there where the cluster chose another way in', () => {
    const cluster = clusterWith({ ingress: { kind: 'alb', certificates: ['main'], accessLogs: { bucket: 'user-media' } } });
    expect(() => ingressNginx(cluster)).toThrow(/cluster.ts: ingress is 'alb', so ingress-nginx does not run/);
  });
});
