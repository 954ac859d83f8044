import type { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { certManager } from '../../charts/cert-manager';
import {
  type CertificatesProps,
  certificates,
  type HostCertificateProps,
  hostCertificate,
  serviceCertificate,
} from '../../charts/certificates';
import { NamedChart } from '../../synth/collect';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { type Delivered, delivered } from './delivered';
import { rendered } from './support';

const roles = { ...contract.roles, 'cert-manager/cert-manager': 'arn:aws:iam::111122223333:role/shop-dev-cert-manager' };
const cluster = clusterWith(contractWith({ roles }));
const render = (props?: CertificatesProps, of = cluster): Delivered => delivered(of, [certManager(of), certificates(of, props)]);

describe('issuers', () => {
  test('minimal props: the cluster has a CA of its own, whose key outlives every renewal', () => {
    const { objects } = render();
    expect(objects.of('ClusterIssuer').map(({ metadata }) => metadata.name)).toEqual(['self-signed', 'cluster-ca']);
    const root = objects.one('Certificate', 'cluster-ca');
    expect(root.spec).toMatchObject({ isCA: true, privateKey: { rotationPolicy: 'Never' }, issuerRef: { name: 'self-signed' } });
    const issuer = objects.one('ClusterIssuer', 'cluster-ca');
    expect(issuer.spec.ca.secretName).toBe(root.spec.secretName);
    // ClusterIssuers read their Secrets from the namespace that the controller is told.
    const { args } = objects.one('Deployment', 'cert-manager').spec.template.spec.containers[0];
    expect(args).toContain(`--cluster-resource-namespace=${root.metadata.namespace}`);
  });

  const everything: Required<CertificatesProps> = { acme: { email: 'ops@shop.example', zones: ['public', 'shop'] } };

  test('all props: Let’s Encrypt and its staging service prove hosts in the zones of the contract, without credentials of their own', () => {
    const hostedZones = { ...contract.hostedZones, shop: { id: 'Z9876543210ABCDEFGHIJ', domain: 'shop.example', private: false } };
    const { objects } = render(everything, clusterWith(contractWith({ roles, hostedZones })));
    const servers = ['letsencrypt', 'letsencrypt-staging'].map((name) => {
      const { acme } = objects.one('ClusterIssuer', name).spec;
      expect(acme.email).toBe('ops@shop.example');
      expect(acme.solvers.map(({ selector, dns01 }: Rendered) => [selector.dnsZones, dns01.route53])).toEqual([
        [['dev.shop.example'], { region: 'us-east-1', hostedZoneID: 'Z0123456789ABCDEFGHIJ' }],
        [['shop.example'], { region: 'us-east-1', hostedZoneID: 'Z9876543210ABCDEFGHIJ' }],
      ]);
      return [acme.server, acme.privateKeySecretRef.name];
    });
    expect(new Set(servers.flat()).size).toBe(4);
    expect(servers.map(([server]) => new URL(server).host)).toEqual([
      'acme-v02.api.letsencrypt.org',
      'acme-staging-v02.api.letsencrypt.org',
    ]);
  });

  test('a private zone is refused: Let’s Encrypt could not see the proof', () => {
    const hostedZones = { public: { id: 'Z0', domain: 'dev.shop.example', private: true } };
    expect(() => render({ acme: { email: 'ops@shop.example' } }, clusterWith(contractWith({ roles, hostedZones })))).toThrow(
      /aws\.yaml: hostedZones\.public is private/,
    );
  });

  test('come after the webhook that judges them, and wait for no account', () => {
    const { wave, unit } = render({ acme: { email: 'ops@shop.example' } });
    for (const name of ['certificate-authority', 'acme-issuers']) {
      expect(wave(name)).toBeGreaterThan(wave('cert-manager'));
      expect(unit(name).needs).toContainEqual({ kind: 'service', name: 'cert-manager' });
    }
    // A stage would let an account that cannot be registered hold up the mesh.
    expect(unit('acme-issuers').stage).toBeUndefined();
  });
});

describe('a certificate', () => {
  const certificate = (make: (chart: NamedChart) => void): Rendered =>
    rendered((app: App) => {
      const chart = new NamedChart(app, 'shop');
      make(chart);
      return chart;
    }).one('Certificate');
  const minimal: HostCertificateProps = {
    name: 'api',
    namespace: 'shop',
    secretName: 'api-tls',
    labels: { 'app.kubernetes.io/name': 'api' },
    host: 'api.dev.shop.example',
  };

  test('minimal props: is for exactly one host, by Let’s Encrypt, with a new key at each renewal', () => {
    const { metadata, spec } = certificate((chart) => hostCertificate(chart, 'certificate', minimal));
    expect(metadata).toMatchObject({ name: 'api', namespace: 'shop' });
    expect(spec).toMatchObject({
      dnsNames: ['api.dev.shop.example'],
      secretName: 'api-tls',
      issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' },
      privateKey: { rotationPolicy: 'Always' },
    });
  });

  test('all props: may be of the staging service, annotated, and a wildcard where that is asked for', () => {
    const all: Required<HostCertificateProps> = {
      ...minimal,
      host: '*.dev.shop.example',
      issuer: 'letsencrypt-staging',
      wildcard: true,
      annotations: { 'argocd.argoproj.io/sync-wave': '2' },
    };
    const { metadata, spec } = certificate((chart) => hostCertificate(chart, 'certificate', all));
    expect(metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '2' });
    expect(spec).toMatchObject({ dnsNames: ['*.dev.shop.example'], issuerRef: { name: 'letsencrypt-staging' } });
  });

  test('is no wildcard by mistake', () => {
    expect(() => certificate((chart) => hostCertificate(chart, 'certificate', { ...minimal, host: '*.dev.shop.example' }))).toThrow(
      /host "\*\.dev\.shop\.example" is a wildcard.*`wildcard: true`/,
    );
  });

  test('of a Service has the name that the API server calls, by the cluster’s own CA', () => {
    const { spec } = certificate((chart) =>
      serviceCertificate(chart, 'certificate', { name: 'hook', namespace: 'shop', secretName: 'hook-tls', labels: {}, service: 'hook' }),
    );
    expect(spec.dnsNames).toContain('hook.shop.svc');
    expect(spec.issuerRef.name).toBe('cluster-ca');
  });
});
