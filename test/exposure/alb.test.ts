import { describe, expect, test } from 'vitest';
import type { AlbIngress, IngressChoice } from '../../charts/exposure';
import { graphOf } from '../../charts/network';
import { Workload } from '../../charts/workload/definition';
import { workloadsNetwork } from '../../charts/workload/edges';
import { platform } from '../../charts/workload/platform';
import { grpc, http } from '../../charts/workload/probe';
import { resolvePlatform } from '../../charts/workload/resolve';
import { aService, minimalWorker } from '../workload/fixtures';
import { clusterWith, contract, contractWith, type Rendered, render } from '../workload/support';
import { alb, aws, chosen } from './support';

const everything: Required<AlbIngress> = {
  kind: 'alb',
  minimumTls: '1.3',
  hsts: { maxAgeSeconds: 60, includeSubdomains: false },
  certificates: ['main', 'partner'],
  accessLogs: { bucket: 'logs', prefix: 'shop' },
  webAcl: false,
  idleTimeoutSeconds: 4000,
  className: 'public-alb',
};

const expose = { host: 'www' };
const rendered = (props: object = {}, choice: AlbIngress = alb) => render(aService({ expose, ...props }), { cluster: chosen(choice) });
const annotation = (name: string, props: object = {}, choice: AlbIngress = alb): string =>
  rendered(props, choice).one('Ingress').metadata.annotations[`alb.ingress.kubernetes.io/${name}`];

describe('an ALB', () => {
  test('ends TLS with certificates of ACM: none of cert-manager, no annotation of nginx', () => {
    const objects = rendered();
    expect(objects.of('Certificate')).toEqual([]);
    const { metadata, spec } = objects.one('Ingress');
    expect(spec.tls).toBeUndefined();
    expect(Object.keys(metadata.annotations).filter((name) => /nginx|cert-manager/.test(name))).toEqual([]);
    expect(annotation('certificate-arn')).toBe(aws.aws.data.certificates.main);
    expect(annotation('certificate-arn', {}, everything)).toBe(Object.values(aws.aws.data.certificates).join(','));
    expect(annotation('ssl-redirect')).toBe('443');
  });

  test('speaks the versions of TLS that the cluster chose, and tells browsers to remember it', () => {
    expect(annotation('ssl-policy')).toContain('TLS13-1-2');
    expect(annotation('ssl-policy', {}, everything)).toContain('TLS13-1-3');
    expect(annotation('listener-attributes.HTTPS-443')).toMatch(
      /strict_transport_security.header_value=max-age=31536000; includeSubDomains$/,
    );
    expect(annotation('listener-attributes.HTTPS-443', {}, everything)).toMatch(/=max-age=60$/);
  });

  test('logs into the contract’s bucket, behind the contract’s WAF unless the cluster goes without', () => {
    expect(annotation('load-balancer-attributes')).toMatch(/access_logs.s3.enabled=true,access_logs.s3.bucket=shop-logs-dev,/);
    expect(annotation('load-balancer-attributes', {}, everything)).toContain('access_logs.s3.prefix=shop');
    expect(annotation('wafv2-acl-arn')).toBe(aws.aws.data.webAcl);
    expect(annotation('wafv2-acl-arn', {}, everything)).toBeUndefined();
    const wafless = { ...chosen(alb), ...contractWith({ ...aws.aws.data, webAcl: undefined }) };
    expect(() => render(aService({ expose }), { cluster: wafless })).toThrow(/aws.yaml: webAcl is not set/);
  });

  test('has a class of the cluster’s choice', () => {
    expect(rendered().one('Ingress').spec.ingressClassName).toBe('alb');
    expect(rendered({}, everything).one('Ingress').spec.ingressClassName).toBe('public-alb');
  });

  test('asks its targets what the kubelet asks, in the bounds that ALBs have', () => {
    const readiness = { check: http('/ready'), periodSeconds: 1, timeoutSeconds: 9, failureThreshold: 50 };
    const health = (name: string, props: object) => annotation(name.startsWith('success') ? name : `health${name}`, props);
    expect(health('check-path', { readiness })).toBe('/ready');
    expect(health('check-port', { readiness })).toBe('traffic-port');
    expect(health('check-port', { readiness: { ...readiness, port: 'grpc' } })).toBe('9000');
    expect(health('check-interval-seconds', { readiness })).toBe('5');
    expect(health('check-timeout-seconds', { readiness })).toBe('4');
    expect(annotation('unhealthy-threshold-count', { readiness })).toBe('10');
    // What is no request over HTTP an ALB cannot ask.
    expect(health('check-path', { readiness: { check: grpc() } })).toBe('/');
    expect(health('success-codes', { readiness: { check: grpc() } })).toBe('200-499');
  });

  test('keeps connections as long as the longest host needs, or rendering stops', () => {
    const slow = { expose: { ...expose, readTimeoutSeconds: 3600 } };
    expect(() => rendered(slow)).toThrow(
      /readTimeoutSeconds is 3600, but the ALB of shop\/dev ends connections that are idle for 60 seconds/,
    );
    expect(annotation('load-balancer-attributes', slow, everything)).toContain('idle_timeout.timeout_seconds=4000');
  });

  test('is what calls the pods: from its subnets, to the port and to that of its health', () => {
    const readiness = { check: http('/ready'), port: 'grpc' };
    const subnets = Object.values(contract.vpc.subnets.public).map((cidr) => ({ ipBlock: { cidr } }));
    const objects = rendered({ readiness });
    const rule = objects
      .one('NetworkPolicy')
      .spec.ingress.find(({ from }: Rendered) => from.some(({ ipBlock }: Rendered) => ipBlock !== undefined));
    expect(rule.from).toEqual(subnets);
    expect(rule.ports.map(({ port }: Rendered) => port).sort()).toEqual(['grpc', 'http']);
    for (const port of ['http', 'grpc'])
      expect(objects.one('NetworkAuthentication', `subject-${port}-addresses`).spec.networks).toEqual(
        subnets.map(({ ipBlock }) => ipBlock),
      );
    // Nobody else comes from outside.
    expect(JSON.stringify(objects.one('NetworkPolicy'))).not.toContain('ingress-nginx');
  });

  test('has no proxy of the mesh, so its calls need not agree with those of others', () => {
    const called = aService({ expose });
    const caller = new Workload('worker', 'caller', minimalWorker, () => [called.on('http', { timeout: '2s' })]);
    const graph = (choice: IngressChoice) => {
      const cluster = clusterWith(chosen(choice));
      return graphOf(cluster, [workloadsNetwork(cluster, resolvePlatform(platform('shop', { called, caller }), 'dev', []))]);
    };
    expect(graph(alb).edges).toContainEqual(expect.objectContaining({ port: 'http', options: { timeout: '2s' } }));
    expect(() => graph({ kind: 'nginx' })).toThrow(/its callers want different timeouts/);
  });

  test('says what it cannot do', () => {
    const props = { expose: { ...expose, maxBodySize: '8m', rateLimit: { requestsPerSecond: 3 } } };
    const said = (more: object) => rendered(more).one('Ingress').metadata.annotations['exposure.fleet/not-enforced'];
    expect(said(props)).toBe('maxBodySize 8m, rateLimit requestsPerSecond=3');
    expect(said({})).toBeUndefined();
  });

  test('speaks to pods as they speak', () => {
    expect(annotation('backend-protocol-version')).toBe('HTTP1');
    expect(annotation('backend-protocol-version', { traffic: { http: { protocol: 'gRPC' } } })).toBe('GRPC');
    expect(annotation('backend-protocol-version', { traffic: { http: { protocol: 'HTTP/2' } } })).toBe('HTTP2');
  });
});
