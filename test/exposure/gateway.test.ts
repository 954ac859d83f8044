import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type GatewayIngress, publicGateway } from '../../charts/exposure';
import { Workload } from '../../charts/workload/definition';
import { platform, type Workloads } from '../../charts/workload/platform';
import { resolvePlatform } from '../../charts/workload/resolve';
import { collect } from '../../synth/collect';
import { aService } from '../workload/fixtures';
import { clusterWith, objects, type Rendered, render } from '../workload/support';
import { alb, chosen, gateway } from './support';

const everything: Required<GatewayIngress> = {
  ...gateway,
  minimumTls: '1.3',
  hsts: { maxAgeSeconds: 60 },
  annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
  tlsOptions: { 'edge.example/minimum-version': '1.3' },
};

const service = (name: string, expose?: object) => {
  const { props } = aService(expose === undefined ? {} : { expose: expose as { host: string } });
  return new Workload('service', name, props);
};
const gatewayOf = (workloads: Workloads, choice: GatewayIngress = gateway) => {
  const cluster = clusterWith(chosen(choice));
  const resolved = resolvePlatform(platform('shop', workloads), 'dev', []);
  const [delivery] = publicGateway(cluster, resolved).deliver(new App(), { parties: [], edges: [], podNetworks: [] });
  if (delivery === undefined || 'unit' in delivery) throw new Error('nothing rendered');
  return objects(collect(delivery.chart, delivery.chart.node.id));
};
const listeners = (rendered: ReturnType<typeof gatewayOf>): Rendered[] => rendered.one('Gateway').spec.listeners;
const route = (expose: object = {}, choice: GatewayIngress = gateway) =>
  render(service('subject', { host: 'www', ...expose }), { cluster: chosen(choice) });

describe('a Gateway', () => {
  test('has a listener for each exposed host, with the key of a certificate that the host’s workload has', () => {
    const rendered = gatewayOf({
      one: service('subject', { host: 'www' }),
      two: service('other', { host: 'a.b' }),
      three: service('inner'),
    });
    const hosts = listeners(rendered).slice(1);
    expect(hosts.map(({ hostname }) => hostname)).toEqual(['a.b.dev.shop.example', 'www.dev.shop.example']);
    const [, www] = hosts;
    const certificate = route().one('Certificate');
    expect(www.tls.certificateRefs).toEqual([{ group: '', kind: 'Secret', name: certificate.spec.secretName }]);
    expect(certificate.spec.dnsNames).toEqual([www.hostname]);
    expect(rendered.one('Gateway').metadata.namespace).toBe(certificate.metadata.namespace);
  });

  test('is what routes name, by their listener', () => {
    const { metadata, spec } = gatewayOf({ one: service('subject', { host: 'www' }) }).one('Gateway');
    const [parent] = route().one('HTTPRoute').spec.parentRefs;
    expect(parent).toMatchObject({ kind: 'Gateway', name: metadata.name });
    expect(spec.listeners.map(({ name }: Rendered) => name)).toContain(parent.sectionName);
  });

  test('sends plain requests to TLS', () => {
    const redirect = gatewayOf({ one: service('subject', { host: 'www' }) }).one('HTTPRoute').spec;
    expect(redirect.parentRefs[0].sectionName).toBe('http');
    expect(redirect.rules[0].filters[0].requestRedirect).toEqual({ scheme: 'https', statusCode: 301 });
  });

  test('tells its class what the cluster chose', () => {
    const rendered = gatewayOf({ one: service('subject', { host: 'www' }) }, everything);
    expect(rendered.one('Gateway').spec).toMatchObject({
      gatewayClassName: 'shop',
      infrastructure: { annotations: everything.annotations },
    });
    expect(listeners(rendered)[1].tls.options).toEqual(everything.tlsOptions);
  });

  test('is shared by workloads with one host', () => {
    const rendered = gatewayOf({ one: service('subject', { host: 'www' }), two: service('other', { host: 'www', path: '/other' }) });
    expect(listeners(rendered).map(({ name }) => name)).toEqual(['http', 'https-www']);
  });

  test('has no two hosts in one listener', () => {
    const workloads = { one: service('subject', { host: 'a.b' }), two: service('other', { host: 'a-b' }) };
    expect(() => gatewayOf(workloads)).toThrow(/would both be the listener "https-a-b"/);
  });

  test('serves no two workloads at one address', () => {
    const workloads = { one: service('subject', { host: 'www' }), two: service('other', { host: 'www' }) };
    expect(() => gatewayOf(workloads)).toThrow(/one.expose and two.expose: both are www.dev.shop.example\//);
  });

  test('takes as many hosts as the API does', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`w${i}`, service(`w${i}`, { host: `h${i}` })]));
    expect(listeners(gatewayOf(many(63)))).toHaveLength(64);
    expect(() => gatewayOf(many(64))).toThrow(/takes 63 hosts, but 64 are exposed/);
  });

  test('is not there where the cluster chose another way in', () => {
    expect(() => publicGateway(clusterWith(chosen(alb)), [])).toThrow(/ingress is 'alb', so there is no Gateway/);
  });
});

describe('a route of it', () => {
  const rule = (expose: object = {}, choice?: GatewayIngress) => route(expose, choice).one('HTTPRoute', 'subject').spec.rules[0];

  test('leads to the port of the Service by its number', () => {
    expect(rule({ port: 'grpc', path: '/api' })).toMatchObject({
      matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
      backendRefs: [expect.objectContaining({ name: 'subject', port: 9000 })],
    });
  });

  test('ends requests when the workload says so, and tells browsers to remember TLS', () => {
    expect(rule()).not.toHaveProperty('timeouts');
    expect(rule({ readTimeoutSeconds: 90 }).timeouts).toEqual({ request: '90s' });
    const hsts = (choice?: GatewayIngress) => rule({}, choice).filters[0].responseHeaderModifier.set;
    expect(hsts()).toEqual([{ name: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' }]);
    expect(hsts(everything)[0].value).toBe('max-age=60; includeSubDomains');
  });

  test('says what the Gateway API cannot', () => {
    const said = (expose: object) => route(expose).one('HTTPRoute', 'subject').metadata.annotations?.['exposure.fleet/not-enforced'];
    expect(said({ maxBodySize: '8m' })).toBe('maxBodySize 8m');
    expect(said({})).toBeUndefined();
  });

  test('is called by the Gateway’s pods, with their identity', () => {
    const rendered = route();
    expect(rendered.one('MeshTLSAuthentication', 'subject-http').spec.identityRefs).toContainEqual({
      kind: 'ServiceAccount',
      name: 'envoy',
      namespace: 'edge',
    });
    expect(JSON.stringify(rendered.one('NetworkPolicy').spec.ingress)).toContain('"app":"envoy"');
  });

  test('whose pods are outside the mesh may not call a port inside it', () => {
    const outside = { ...gateway, pods: { ...gateway.pods, meshed: false } };
    expect(() => route({}, outside)).toThrow(/edge\/envoy is outside the mesh, and port "http"/);
  });
});
