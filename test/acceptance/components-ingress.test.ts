import { describe, expect, it } from 'vitest';
import { allOf, argumentOf, contractOf, ENVIRONMENTS, envOf, isProduct, objectsOf, only, podsOf, type Rendered, waveOf } from './dist';

// How the world comes in (rows P-01, P-02, P-04), read from dist.

const NGINX = 'ingress-nginx-controller';

describe.each(ENVIRONMENTS)('ingress-nginx in %s', (environment) => {
  const deployment = () => only(environment, 'Deployment', NGINX);
  const settings = () => only(environment, 'ConfigMap', NGINX).data;
  const service = () => only(environment, 'Service', NGINX);

  it('has at least two pods, and in production more when they are needed', () => {
    const scalers = allOf(environment, 'HorizontalPodAutoscaler').filter(({ spec }) => spec.scaleTargetRef.name === NGINX);
    if (environment === 'production') {
      expect(scalers[0].spec.minReplicas).toBeGreaterThanOrEqual(2);
      expect(scalers[0].spec.maxReplicas).toBeGreaterThan(scalers[0].spec.minReplicas);
    }
    const [scaler] = scalers;
    expect(scaler?.spec.minReplicas ?? deployment().spec.replicas).toBeGreaterThanOrEqual(2);
  });

  it('is found by a network load balancer in front, on 80 and 443, straight to the pods', () => {
    const { metadata, spec } = service();
    expect(spec).toMatchObject({ type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb', allocateLoadBalancerNodePorts: false });
    expect(spec.ports.map(({ port, targetPort }: Rendered) => [port, targetPort])).toEqual([
      [80, 'http'],
      [443, 'https'],
    ]);
    expect(metadata.annotations).toMatchObject({
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
    });
    // The one that knows this class, and asks pods to wait for the load balancer.
    expect(only(environment, 'Deployment', 'aws-load-balancer-controller').metadata.namespace).toBe('kube-system');
    expect(only(environment, 'Namespace', 'ingress-nginx').metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject']).toBe('enabled');
  });

  it('is the one thing that the world can reach', () => {
    const open = allOf(environment, 'Service').filter(({ spec }) => spec.type !== undefined && spec.type !== 'ClusterIP');
    expect(open.map(({ metadata }) => metadata.name)).toEqual([NGINX]);
  });

  it('learns the client’s address by the proxy protocol, which it believes of the load balancer’s subnets alone', () => {
    const attributes = service().metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-target-group-attributes'].split(',');
    expect(attributes).toContain('proxy_protocol_v2.enabled=true');
    const { 'use-proxy-protocol': proxied, 'use-forwarded-headers': forwarded, 'proxy-real-ip-cidr': believed } = settings();
    expect([proxied, forwarded]).toEqual(['true', 'false']);
    const subnets = Object.values(contractOf(environment).vpc.subnets.public);
    expect(believed.split(',').sort()).toEqual([...subnets].sort());
    const { ingress } = only(environment, 'NetworkPolicy', NGINX).spec;
    const addresses = ingress.find(({ ports }: Rendered) => ports.some(({ port }: Rendered) => port === 'https')).from;
    expect(addresses.map(({ ipBlock }: Rendered) => ipBlock.cidr).sort()).toEqual([...subnets].sort());
  });

  it('speaks TLS 1.2 and 1.3 and nothing older, with forward secrecy, and tells browsers to stay with it', () => {
    expect(settings()['ssl-protocols'].split(' ').sort()).toEqual(['TLSv1.2', 'TLSv1.3']);
    for (const cipher of settings()['ssl-ciphers'].split(':')) expect(cipher).toMatch(/^ECDHE-.*(GCM|POLY1305)/);
    expect(settings().hsts).toBe('true');
    expect(Number(settings()['hsts-max-age'])).toBeGreaterThanOrEqual(31_536_000);
    expect(settings()['hsts-include-subdomains']).toBe('true');
    // Where no certificate is, there is no answer.
    expect(settings()['ssl-reject-handshake']).toBe('true');
  });

  it('takes no configuration from whoever may write an Ingress', () => {
    expect(settings()['allow-snippet-annotations']).toBe('false');
    expect(settings()['annotations-risk-level']).not.toBe('Critical');
  });

  it('limits how often each client may ask, on every host of the product, and answers 429', () => {
    expect([settings()['limit-req-status-code'], settings()['limit-conn-status-code']]).toEqual(['429', '429']);
    const own = allOf(environment, 'Ingress').filter(isProduct);
    expect(own.length).toBe(2);
    for (const { metadata } of own) {
      expect(Number(metadata.annotations['nginx.ingress.kubernetes.io/limit-rps'])).toBeGreaterThan(0);
      expect(Number(metadata.annotations['nginx.ingress.kubernetes.io/limit-connections'])).toBeGreaterThan(0);
    }
  });

  it('is in the mesh, but for what comes from outside of it', () => {
    expect(only(environment, 'Namespace', 'ingress-nginx').metadata.annotations['linkerd.io/inject']).toBe('enabled');
    const { annotations } = deployment().spec.template.metadata;
    const { ports } = deployment().spec.template.spec.containers[0];
    const number = (name: string) => ports.find((port: Rendered) => port.name === name).containerPort;
    expect(annotations['config.linkerd.io/skip-inbound-ports'].split(',').map(Number)).toEqual(['http', 'https', 'webhook'].map(number));
    expect(annotations).not.toHaveProperty(['linkerd.io/inject']);
    // The mesh acts on a request to a Service, not on one to a pod.
    for (const { metadata } of allOf(environment, 'Ingress').filter(isProduct))
      expect(metadata.annotations['nginx.ingress.kubernetes.io/service-upstream']).toBe('true');
  });

  it('refuses an Ingress that would break it, with a certificate that cert-manager renews', () => {
    const { metadata, webhooks } = only(environment, 'ValidatingWebhookConfiguration', 'ingress-nginx-admission');
    expect(webhooks.map(({ failurePolicy }: Rendered) => failurePolicy)).toEqual(['Fail']);
    const [namespace, name] = metadata.annotations['cert-manager.io/inject-ca-from'].split('/');
    const certificate = only(environment, 'Certificate', name, namespace).spec;
    const { service: called } = webhooks[0].clientConfig;
    expect(certificate.dnsNames).toContain(`${called.name}.${called.namespace}.svc`);
    const mounted = deployment().spec.template.spec.volumes.map(({ secret }: Rendered) => secret?.secretName);
    expect(mounted).toContain(certificate.secretName);
  });

  it('lets every request end before a pod is gone', () => {
    const { spec, metadata } = deployment().spec.template;
    const before = Number(argumentOf(spec.containers[0], 'shutdown-grace-period'));
    const drain = Number(settings()['worker-shutdown-timeout'].replace(/s$/, ''));
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(before + drain);
    // The proxy outlives it: requests to the workloads go through it.
    const proxy = Number(metadata.annotations['config.alpha.linkerd.io/proxy-wait-before-exit-seconds']);
    expect(proxy).toBeGreaterThanOrEqual(before + drain);
    expect(proxy).toBeLessThan(spec.terminationGracePeriodSeconds);
  });
});

describe.each(ENVIRONMENTS)('cert-manager in %s', (environment) => {
  it('has its controller, its webhook and what writes authorities into webhooks', () => {
    const names = podsOf(environment)
      .filter(({ owner }) => owner.metadata.namespace === 'cert-manager')
      .map(({ owner }) => owner.metadata.name);
    expect(names).toEqual(expect.arrayContaining(['cert-manager', 'cert-manager-webhook', 'cert-manager-cainjector']));
    expect(waveOf(only(environment, 'Application', 'cert-manager-crds'))).toBeLessThan(
      waveOf(only(environment, 'Application', 'cert-manager')),
    );
  });

  it.each([
    ['letsencrypt', 'https://acme-v02.api.letsencrypt.org/directory'],
    ['letsencrypt-staging', 'https://acme-staging-v02.api.letsencrypt.org/directory'],
  ])('has the issuer %s, which proves names by DNS in the zone of the contract', (name, server) => {
    const { region, hostedZones } = contractOf(environment);
    const { acme } = only(environment, 'ClusterIssuer', name).spec;
    expect(acme.server).toBe(server);
    expect(acme.email).toMatch(/^\S+@\S+$/);
    expect(acme.solvers).toEqual([
      { selector: { dnsZones: [hostedZones.public.domain] }, dns01: { route53: { region, hostedZoneID: hostedZones.public.id } } },
    ]);
  });

  it('may write into Route 53 by a role, not by a key', () => {
    const { roles } = contractOf(environment);
    const account = only(environment, 'ServiceAccount', 'cert-manager', 'cert-manager');
    expect(account.metadata.annotations['eks.amazonaws.com/role-arn']).toBe(roles['cert-manager/cert-manager']);
    for (const issuer of allOf(environment, 'ClusterIssuer')) expect(JSON.stringify(issuer)).not.toMatch(/accessKeyID|secretAccessKey/);
  });

  it('has accounts of its own for the two issuers, and they never mix', () => {
    const secrets = ['letsencrypt', 'letsencrypt-staging'].map(
      (name) => only(environment, 'ClusterIssuer', name).spec.acme.privateKeySecretRef.name,
    );
    expect(new Set(secrets).size).toBe(2);
  });

  it('signs what is called inside the cluster with an authority of the cluster’s own', () => {
    const { name } = only(environment, 'Certificate', 'cluster-ca').spec.issuerRef;
    expect(only(environment, 'ClusterIssuer', name).spec).toEqual({ selfSigned: {} });
    expect(only(environment, 'ClusterIssuer', 'cluster-ca').spec.ca.secretName).toBe(
      only(environment, 'Certificate', 'cluster-ca').spec.secretName,
    );
    const inside = allOf(environment, 'Certificate').filter(({ spec }) => spec.dnsNames?.some((name: string) => name.endsWith('.svc')));
    expect(inside.length).toBeGreaterThan(3);
    for (const { metadata, spec } of inside) expect(spec.issuerRef.name, metadata.name).toBe('cluster-ca');
  });

  it('is what every certificate comes from, with a key that changes with it unless it is a root', () => {
    for (const { metadata, spec } of allOf(environment, 'Certificate')) {
      only(environment, 'ClusterIssuer', spec.issuerRef.name);
      const isRoot = spec.issuerRef.name === 'self-signed';
      expect(spec.privateKey.rotationPolicy, metadata.name).toBe(isRoot ? 'Never' : 'Always');
    }
  });

  it('signs no webhook that is not asked for, and no webhook goes without an authority', () => {
    const webhooks = objectsOf(environment).filter(({ kind }) => /WebhookConfiguration$|^APIService$/.test(kind));
    expect(webhooks.length).toBeGreaterThan(4);
    for (const { metadata, spec } of webhooks) {
      const from = metadata.annotations['cert-manager.io/inject-ca-from'];
      const direct = metadata.annotations['cert-manager.io/inject-ca-from-secret'];
      expect(
        [from, direct].filter((source) => source !== undefined),
        metadata.name,
      ).toHaveLength(1);
      if (from !== undefined) only(environment, 'Certificate', from.split('/')[1], from.split('/')[0]);
      expect(spec?.insecureSkipTLSVerify ?? false).toBe(false);
    }
  });
});

describe.each(ENVIRONMENTS)('external-dns in %s', (environment) => {
  const container = () => only(environment, 'Deployment', 'external-dns').spec.template.spec.containers[0];

  it('writes into the zone of the contract and no other', () => {
    const { hostedZones } = contractOf(environment);
    expect(argumentOf(container(), 'provider')).toBe('aws');
    expect(argumentOf(container(), 'domain-filter')).toBe(hostedZones.public.domain);
    expect(argumentOf(container(), 'zone-id-filter')).toBe(hostedZones.public.id);
  });

  it('marks its records as those of this cluster, and touches no others', () => {
    expect(argumentOf(container(), 'registry')).toBe('txt');
    expect(argumentOf(container(), 'txt-owner-id')).toBe(`authorworks-${environment}`);
  });

  it('has a role instead of a key', () => {
    const account = only(environment, 'ServiceAccount', 'external-dns');
    expect(account.metadata.annotations['eks.amazonaws.com/role-arn']).toBe(contractOf(environment).roles['external-dns/external-dns']);
    expect(Object.keys(envOf(container())).filter((name) => /KEY|SECRET/.test(name))).toEqual([]);
  });

  it('reads Ingresses and Services, and changes nothing in the cluster', () => {
    const { rules } = only(environment, 'ClusterRole', 'external-dns');
    for (const { verbs } of rules) expect(verbs).toEqual(['get', 'list', 'watch']);
    const sources = container().args.filter((text: string) => text.startsWith('--source='));
    expect(sources).toEqual(expect.arrayContaining(['--source=ingress', '--source=service']));
  });
});

it('no two clusters claim the same records', () => {
  const owners = ENVIRONMENTS.map((environment) =>
    argumentOf(only(environment, 'Deployment', 'external-dns').spec.template.spec.containers[0], 'txt-owner-id'),
  );
  expect(new Set(owners).size).toBe(ENVIRONMENTS.length);
  const zones = ENVIRONMENTS.map((environment) => contractOf(environment).hostedZones.public.id);
  expect(new Set(zones).size).toBe(ENVIRONMENTS.length);
});
