import { describe, expect, it } from 'vitest';
import { allOf, ENVIRONMENTS, isProduct, only, PRODUCT, podsOf, type Rendered, valuesOf } from './dist';

// The mesh (rows P-03 and S-07), read from dist: its own pods come from an upstream chart, whose values are what is given.

describe.each(ENVIRONMENTS)('Linkerd in %s', (environment) => {
  const values = () => valuesOf(environment, 'linkerd');

  it('gives every proxy the given resources', () => {
    expect(values().proxy.resources).toEqual({ cpu: { limit: '1', request: '100m' }, memory: { limit: '250Mi', request: '20Mi' } });
  });

  it('gives the init container the given resources', () => {
    expect(values().proxyInit.resources).toEqual({ cpu: { limit: '100m', request: '10m' }, memory: { limit: '50Mi', request: '10Mi' } });
  });

  it('has the given cluster domain and the given scheme of the issuer', () => {
    expect(values().clusterDomain).toBe('cluster.local');
    expect(values().identityTrustDomain).toBe('cluster.local');
    expect(values().identity.issuer.scheme).toBe('kubernetes.io/tls');
  });

  it('is told by nothing else: no workload has another proxy', () => {
    for (const { owner, template } of podsOf(environment)) {
      const own = Object.keys(template.metadata.annotations ?? {}).filter((key) =>
        /proxy-(cpu|memory)|proxy-image|proxy-version/.test(key),
      );
      expect(own, owner.metadata.name).toEqual([]);
    }
  });

  it('runs three times and survives the loss of a node outside dev', () => {
    const { controllerReplicas, highAvailability, enablePodDisruptionBudget } = values();
    expect({ controllerReplicas, highAvailability, enablePodDisruptionBudget }).toEqual(
      environment === 'dev'
        ? { controllerReplicas: 1, highAvailability: false, enablePodDisruptionBudget: false }
        : { controllerReplicas: 3, highAvailability: true, enablePodDisruptionBudget: true },
    );
    // A pod that should have a proxy never starts without one.
    expect(values().webhookFailurePolicy).toBe('Fail');
  });

  it('finds its definitions before it, from the same release', () => {
    const version = (name: string) => only(environment, 'Application', name).spec.source.targetRevision;
    expect(version('linkerd-crds')).toBe(version('linkerd'));
  });

  it('writes requests as JSON', () => expect(values().proxy.accessLog).toBe('json'));

  it('can be scraped, proxies and its own pods', () => {
    expect(values().podMonitor).toMatchObject({ enabled: true, controller: { enabled: true }, proxy: { enabled: true } });
  });

  it('denies by default, everywhere and again in each of its namespaces', () => {
    expect(values().proxy.defaultInboundPolicy).toBe('deny');
    const meshed = allOf(environment, 'Namespace').filter(({ metadata }) => metadata.annotations['linkerd.io/inject'] === 'enabled');
    expect(meshed.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining([PRODUCT, 'ingress-nginx']));
    for (const { metadata } of meshed) {
      expect(metadata.annotations['config.linkerd.io/default-inbound-policy'], metadata.name).toBe('deny');
      expect(only(environment, 'EgressNetwork', 'internet', metadata.name).spec.trafficPolicy, metadata.name).toMatch(/^(Allow|Deny)$/);
    }
  });

  it('is injected by namespace, where the injector looks; only Jobs are left out', () => {
    const [{ operator, values: looked }] = values().proxyInjector.namespaceSelector.matchExpressions;
    expect(operator).toBe('In');
    const namespaces = allOf(environment, 'Namespace');
    for (const { metadata } of namespaces) {
      if (metadata.annotations['linkerd.io/inject'] === 'enabled') expect(looked).toContain(metadata.name);
    }
    for (const { owner, template } of podsOf(environment)) {
      const inject = template.metadata.annotations?.['linkerd.io/inject'];
      const isJob = ['Job', 'CronJob'].includes(owner.kind);
      if (isProduct(owner)) expect(inject, owner.metadata.name).toBe(isJob ? 'disabled' : undefined);
      else expect(inject, owner.metadata.name).toBeUndefined();
    }
  });

  it('lets nobody in without an identity: every Server denies, and who may call is listed by account', () => {
    const servers = allOf(environment, 'Server');
    expect(servers.length).toBeGreaterThan(10);
    for (const { metadata, spec } of servers) expect(spec.accessPolicy, metadata.name).toBe('deny');
    for (const { metadata, spec } of allOf(environment, 'AuthorizationPolicy')) {
      expect(
        spec.requiredAuthenticationRefs.map(({ kind }: Rendered) => kind),
        metadata.name,
      ).toEqual(['MeshTLSAuthentication']);
    }
    for (const { metadata, spec } of allOf(environment, 'MeshTLSAuthentication')) {
      expect(spec.identities, metadata.name).toBeUndefined();
      for (const { kind, name } of spec.identityRefs) {
        expect(kind, metadata.name).toBe('ServiceAccount');
        expect(name, metadata.name).not.toContain('*');
      }
    }
    expect(allOf(environment, 'ServerAuthorization')).toEqual([]);
  });

  it('has retries and timeouts on routes of the product, and retries only what may be sent twice', () => {
    const routes = allOf(environment, 'HTTPRoute').filter(isProduct);
    expect(routes.length).toBeGreaterThan(3);
    const retried = routes.filter(({ metadata }) => 'retry.linkerd.io/limit' in (metadata.annotations ?? {}));
    expect(retried.length).toBeGreaterThan(0);
    for (const { metadata, spec } of retried) {
      const methods = spec.rules.flatMap(({ matches }: Rendered) => matches.map(({ method }: Rendered) => method));
      for (const method of methods) expect(['GET', 'HEAD'], metadata.name).toContain(method);
    }
    const timed = routes.filter(
      ({ metadata, spec }) =>
        'timeout.linkerd.io/request' in (metadata.annotations ?? {}) || spec.rules.some(({ timeouts }: Rendered) => timeouts !== undefined),
    );
    expect(timed.length).toBeGreaterThan(0);
  });
});

describe.each(ENVIRONMENTS)('the identity of the mesh in %s', (environment) => {
  const certificate = (name: string) => only(environment, 'Certificate', name).spec;
  const seconds = (duration: string) => Number(duration.replace(/h$/, '')) * 3600;

  it('is no secret in dist: cert-manager makes keys, and the chart takes them as they are', () => {
    const values = valuesOf(environment, 'linkerd');
    expect(values.identity.externalCA).toBe(true);
    for (const webhook of ['policyValidator', 'profileValidator', 'proxyInjector']) {
      expect(values[webhook].externalSecret, webhook).toBe(true);
      const [namespace, name] = values[webhook].injectCaFrom.split('/');
      expect(only(environment, 'Certificate', name, namespace).spec.secretName).toBe(`${name}-k8s-tls`);
    }
    expect(JSON.stringify(values)).not.toMatch(/BEGIN|crtPEM|keyPEM|tls\.key/);
  });

  it('has an issuer that is renewed by itself, with time to spare', () => {
    const issuer = certificate('linkerd-identity-issuer');
    expect(issuer).toMatchObject({
      isCA: true,
      secretName: 'linkerd-identity-issuer',
      commonName: 'identity.linkerd.cluster.local',
      privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Always' },
    });
    expect(seconds(issuer.renewBefore)).toBeGreaterThanOrEqual(seconds(issuer.duration) / 3);
    // The anchor that signs it is one of those that proxies trust.
    const anchor = only(environment, 'ClusterIssuer', issuer.issuerRef.name).spec.ca.secretName;
    const { sources } = only(environment, 'Bundle', 'linkerd-identity-trust-roots').spec;
    expect(sources.map(({ secret }: Rendered) => secret.name)).toContain(anchor);
  });

  it('has anchors whose keys no machine changes, the current and another', () => {
    const { sources, target } = only(environment, 'Bundle', 'linkerd-identity-trust-roots').spec;
    expect(sources.length).toBe(2);
    for (const { secret } of sources) {
      // The certificate alone: the key stays with cert-manager.
      expect(secret.key).toBe('tls.crt');
      const anchor = allOf(environment, 'Certificate').find(({ spec }) => spec.secretName === secret.name);
      expect(anchor.metadata.namespace).toBe('cert-manager');
      expect(anchor.spec).toMatchObject({ isCA: true, commonName: 'root.linkerd.cluster.local', privateKey: { rotationPolicy: 'Never' } });
      expect(seconds(anchor.spec.duration)).toBeGreaterThan(100 * seconds(certificate('linkerd-identity-issuer').duration));
    }
    expect(target).toMatchObject({
      configMap: { key: 'ca-bundle.crt' },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'linkerd' } },
    });
  });
});
