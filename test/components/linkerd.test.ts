import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CERT_MANAGER_NAMESPACE, certManager } from '../../charts/cert-manager';
import { certificates } from '../../charts/certificates';
import type { Cluster } from '../../charts/cluster';
import { gatewayApi } from '../../charts/gateway-api';
import { type LinkerdProps, linkerd } from '../../charts/linkerd';
import { trustManager } from '../../charts/trust-manager';
import { runChecks } from '../../checks/run';
import { factsOf, networkFacts } from '../../fleet/facts';
import { environments } from '../../overlays/environments';
import { clusterWith, contract, contractWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';

const roles = contractWith({ roles: { ...contract.roles, 'cert-manager/cert-manager': 'arn:aws:iam::111122223333:role/shop-dev-cm' } });
const render = (props?: LinkerdProps, changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith({ ...roles, ...changes });
  return delivered(cluster, [
    certManager(cluster),
    certificates(cluster),
    trustManager(cluster),
    gatewayApi(cluster),
    linkerd(cluster, props),
  ]);
};
const production = { environment: environments.production };
const everything: Required<LinkerdProps> = {
  anchors: { current: '2', previous: '1', next: '3' },
  tracing: { endpoint: 'otel-collector.monitoring:4317', serviceAccount: 'otel-collector', namespace: 'monitoring' },
};

const FACTS = join(__dirname, '../../../shared/reference/components.json');

describe('order of a first install', () => {
  test('definitions, cert-manager, trust-manager, roots and issuer, control plane', () => {
    const { wave } = render();
    const order = ['linkerd-crds', 'namespaces', 'cert-manager', 'trust-manager', 'linkerd-identity', 'linkerd'];
    const waves = order.map(wave);
    expect(waves).toEqual([...new Set(waves)].sort((a, b) => a - b));
    expect(wave('gateway-api')).toBe(wave('linkerd-crds'));
    expect(wave('certificate-authority')).toBeLessThan(wave('linkerd-identity'));
  });

  test('definitions make no namespace: it would have no labels', () => {
    const first = render().units.filter(({ stage }) => stage === 'crds');
    expect(first.map(({ name }) => name)).toEqual(expect.arrayContaining(['cert-manager-crds', 'trust-manager-crds', 'linkerd-crds']));
    expect(new Set(first.map(({ namespace }) => namespace))).toEqual(new Set(['default']));
  });

  test('meshed namespaces wait for the injector: the control plane is what provides the mesh', () => {
    expect(render().unit('linkerd').provides).toEqual([{ kind: 'service', name: 'mesh' }]);
  });
});

describe('roots and issuer', () => {
  const { objects } = render();

  test('minimal props: one root signs, and the next is trusted already', () => {
    const anchors = objects.of('Certificate').filter(({ metadata }) => metadata.name.startsWith('linkerd-trust-anchor-'));
    expect(anchors.map(({ metadata }) => [metadata.namespace, metadata.name])).toEqual([
      [CERT_MANAGER_NAMESPACE, 'linkerd-trust-anchor-1'],
      [CERT_MANAGER_NAMESPACE, 'linkerd-trust-anchor-2'],
    ]);
    for (const { spec } of anchors) {
      expect(spec).toMatchObject({ isCA: true, privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' } });
    }
  });

  test('only the issuer renews with a new key, a day before it ends', () => {
    const { metadata, spec } = objects.one('Certificate', 'linkerd-identity-issuer');
    expect(metadata.namespace).toBe('linkerd');
    expect(spec).toMatchObject({
      isCA: true,
      commonName: 'identity.linkerd.cluster.local',
      secretName: 'linkerd-identity-issuer',
      duration: '48h',
      renewBefore: '25h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    });
    expect(objects.one('ClusterIssuer', spec.issuerRef.name).spec.ca.secretName).toBe('linkerd-trust-anchor-1');
  });

  test('the bundle has every trusted root, without keys, where the chart mounts it', () => {
    const bundle = (props?: LinkerdProps) => render(props).objects.one('Bundle');
    const { metadata, spec } = bundle(everything);
    expect(metadata.name).toBe('linkerd-identity-trust-roots');
    expect(spec.sources).toEqual(['2', '1', '3'].map((name) => ({ secret: { name: `linkerd-trust-anchor-${name}`, key: 'tls.crt' } })));
    expect(spec.target).toEqual({
      configMap: { key: 'ca-bundle.crt' },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'linkerd' } },
    });
    for (const { secret } of bundle().spec.sources) {
      expect(objects.one('Certificate', secret.name).metadata.namespace).toBe(render().values('trust-manager').app.trust.namespace);
    }
  });

  test('all props: another current root makes cert-manager issue anew, since the issuer’s Certificate names another signer', () => {
    const issuerOf = (props?: LinkerdProps) => render(props).objects.one('Certificate', 'linkerd-identity-issuer').spec.issuerRef.name;
    expect(issuerOf(everything)).toBe('linkerd-trust-anchor-2');
    expect(issuerOf(everything)).not.toBe(issuerOf());
  });

  test('going to the next root keeps every root that was trusted', () => {
    const trusted = (anchors: LinkerdProps['anchors']) =>
      render({ anchors })
        .objects.one('Bundle')
        .spec.sources.map(({ secret }: Rendered) => secret.name)
        .sort();
    expect(trusted({ current: '2', previous: '1' })).toEqual(trusted({ current: '1', next: '2' }));
  });

  test.each([
    [{ current: 'Root 1' }, /overlays\/shop\/dev\/cluster\.ts: the mesh's trust anchor "Root 1" cannot be part of an object's name/],
    [{ current: '1', previous: '1' }, /trust anchors 1, 1 name one twice/],
  ])('names of roots that make no sense are refused: %j', (anchors, message) => {
    expect(() => render({ anchors })).toThrow(message);
  });

  test('nothing that is rendered holds a key', () => {
    const { units, objects: all } = render(everything, production);
    const text = JSON.stringify([units.map(({ source }) => source), all.all]);
    expect(text).not.toMatch(/PRIVATE KEY|keyPEM|crtPEM|BEGIN CERTIFICATE/);
    expect(all.of('Secret')).toEqual([]);
  });
});

describe.each([
  ['1.28', '2025.4.4'],
  ['1.34', '2025.10.7'],
])('control plane on Kubernetes %s', (kubernetes, version) => {
  const rendered = render(undefined, { kubernetes, ...production });
  const values = rendered.values('linkerd');

  test('runs chart and images of one release, and definitions of the same', () => {
    expect(rendered.unit('linkerd').source).toMatchObject({ chart: 'linkerd-control-plane', version });
    expect(rendered.unit('linkerd-crds').source).toMatchObject({ version, valuesObject: { installGatewayAPI: false } });
    expect(values.linkerdVersion).toBe(`edge-${version.replace(/^20/, '')}`);
  });

  test('takes certificates that the cluster made, so that no rendering differs from another', () => {
    expect(values.identity).toEqual({ externalCA: true, issuer: { scheme: 'kubernetes.io/tls' } });
    for (const part of ['proxyInjector', 'profileValidator', 'policyValidator']) {
      const { externalSecret, injectCaFrom } = values[part];
      expect(externalSecret).toBe(true);
      const [namespace, name] = injectCaFrom.split('/');
      const { spec } = rendered.objects.one('Certificate', name);
      expect(spec.secretName).toBe(`${name}-k8s-tls`);
      expect(spec.dnsNames).toContain(`${name}.${namespace}.svc`);
    }
  });

  // The facts stand in ../shared; where that is absent, skipped.
  test.skipIf(!existsSync(FACTS))('brings kinds and Secrets that the chart has or mounts, and no others', () => {
    const entry = JSON.parse(readFileSync(FACTS, 'utf8')).components['linkerd-control-plane'][kubernetes];
    const upstream: Rendered[] = entry.objects.filter(({ kind, name }: Rendered) => kind !== 'CronJob' && !/heartbeat/.test(name));
    const { clusterKinds = [], namespacedKinds = [] } = rendered.unit('linkerd');
    const kinds = [...clusterKinds, ...namespacedKinds].map(({ kind }) => kind).filter((kind) => kind !== 'PodMonitor');
    expect(kinds.sort()).toEqual([...new Set(upstream.map(({ kind }) => kind))].sort());
    const mounted = upstream.flatMap(({ volumes = [] }) => volumes.flatMap(({ secret }: Rendered) => secret?.secretName ?? []));
    const made = rendered.objects.of('Certificate').map(({ spec }) => spec.secretName);
    expect(mounted.filter((name) => !made.includes(name))).toEqual([]);
    const trusted = upstream.flatMap(({ volumes = [] }) => volumes.flatMap(({ configMap }: Rendered) => configMap?.name ?? []));
    expect(trusted).toContain(rendered.objects.one('Bundle').metadata.name);
    // Every port of its containers that the network policies name is there.
    const ports = upstream.flatMap(({ containers = [] }) => containers.flatMap((each: Rendered) => each.ports ?? []));
    const numbers = new Set(ports.map(({ containerPort }: Rendered) => containerPort));
    const parties = linkerd(clusterWith({ ...roles, kubernetes })).network.parties;
    const named = parties.flatMap((party) => Object.values(party.ports).map(({ number }) => number));
    expect(named.filter((number) => !numbers.has(number))).toEqual([]);
  });

  test('sends spans to the collector, by whatever way the release has', () => {
    const { proxy } = render(everything, { kubernetes }).values('linkerd');
    const text = JSON.stringify([proxy.tracing, proxy.additionalEnv]);
    expect(text).toContain('otel-collector.monitoring:4317');
    expect(proxy.tracing === undefined).toBe(kubernetes === '1.28');
    expect(JSON.stringify(values.proxy)).not.toContain('4317');
  });
});

describe('control plane', () => {
  test('gives proxies the resources and the log that were asked for, and tells nobody about the cluster', () => {
    const values = render().values('linkerd');
    expect(values.proxy).toMatchObject({
      accessLog: 'json',
      nativeSidecar: false,
      resources: { cpu: { limit: '1', request: '100m' }, memory: { limit: '250Mi', request: '20Mi' } },
    });
    expect(values.proxyInit.resources).toEqual({ cpu: { limit: '100m', request: '10m' }, memory: { limit: '50Mi', request: '10Mi' } });
    expect(values).toMatchObject({ clusterDomain: 'cluster.local', identityTrustDomain: 'cluster.local', disableHeartBeat: true });
  });

  test('lets nobody in where no policy says otherwise', () => {
    expect(render().values('linkerd').proxy.defaultInboundPolicy).toBe('deny');
  });

  test('is highly available where the environment is, on nodes of its own, and says so when there are too few', () => {
    expect(render().values('linkerd')).toMatchObject({ controllerReplicas: 1, enablePodAntiAffinity: false });
    expect(render(undefined, production).values('linkerd')).toMatchObject({
      controllerReplicas: 3,
      enablePodAntiAffinity: true,
      enablePodDisruptionBudget: true,
      highAvailability: true,
    });
    const nodeGroups = clusterWith().nodeGroups.map((group) => ({ ...group, size: { min: 1, max: 2 } }));
    expect(() => render(undefined, { ...production, nodeGroups })).toThrow(/node group "plain" has at most 2 nodes.*wants 3/);
  });

  test('injects where meshed pods are declared, and never holds up kube-system, cert-manager or itself', () => {
    const { matchExpressions } = render().values('linkerd').proxyInjector.namespaceSelector;
    const [{ operator, values, key }, ...more] = matchExpressions;
    expect(more).toEqual([]);
    expect([key, operator]).toEqual(['kubernetes.io/metadata.name', 'In']);
    const meshed = render()
      .graph.parties.filter((party) => party.meshed)
      .map(({ namespace }) => namespace);
    expect(new Set(values)).toEqual(new Set(meshed));
    for (const name of ['kube-system', CERT_MANAGER_NAMESPACE, 'linkerd', 'external-secrets']) expect(values).not.toContain(name);
  });

  test('has its own metrics and those of all proxies scraped, each once', () => {
    const { podMonitor } = render().values('linkerd');
    expect(podMonitor).toMatchObject({
      enabled: true,
      controller: { enabled: true },
      proxy: { enabled: true },
      serviceMirror: { enabled: false },
    });
    expect(podMonitor.controller.namespaceSelector).not.toContain('viz');
    expect(
      render()
        .objects.of('PodMonitor')
        .filter(({ metadata }) => metadata.namespace === 'linkerd'),
    ).toEqual([]);
  });

  test('fits its namespace with a pod more of each part', () => {
    for (const environment of [environments.dev, environments.production]) {
      const rendered = render(undefined, { environment });
      const values = rendered.values('linkerd');
      const milli = (cpu: string) => (cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000);
      const proxy = milli(values.proxy.resources.cpu.request);
      const part = (...names: string[]) => names.reduce((sum, name) => sum + milli(values[name].cpu.request), proxy);
      const policy = milli(values.policyController.resources.cpu.request);
      const needed =
        (part('destinationResources', 'spValidatorResources') + policy + part('identityResources') + part('proxyInjectorResources')) *
        (values.controllerReplicas + 1);
      const quota = rendered.objects.of('ResourceQuota').find(({ metadata }) => metadata.namespace === 'linkerd');
      expect(milli(quota.spec.hard['requests.cpu'])).toBeGreaterThanOrEqual(needed);
      expect(Number(quota.spec.hard.pods)).toBeGreaterThanOrEqual(3 * (values.controllerReplicas + 1));
    }
  });

  test('is reached by every proxy, by the API server on its webhooks, and by Prometheus through the mesh', () => {
    const rules = (name: string) =>
      render().objects.one('NetworkPolicy', name).metadata.annotations['edges.fleet/ingress'].trim().split('\n').join('; ');
    expect(rules('linkerd-destination')).toMatch(/destination, policy from linkerd-identity, linkerd-proxy-injector/);
    expect(rules('linkerd-destination')).toMatch(/policy-validator, sp-validator from api-server/);
    expect(rules('linkerd-proxy-injector')).toMatch(/proxy-injector from api-server/);
    expect(rules('linkerd-identity')).toMatch(/identity from linkerd-destination, linkerd-proxy-injector/);
    for (const name of ['linkerd-destination', 'linkerd-identity', 'linkerd-proxy-injector']) {
      expect(rules(name)).toMatch(
        /linkerd-admin, .*proxy.* from monitoring\/prometheus|admin, linkerd-admin, .*from monitoring\/prometheus/,
      );
    }
  });

  test('gets out to DNS, the API server and itself only', () => {
    const { objects } = render();
    for (const name of ['linkerd-destination', 'linkerd-identity', 'linkerd-proxy-injector']) {
      expect(JSON.stringify(objects.one('NetworkPolicy', name).spec.egress)).not.toContain('0.0.0.0/0');
    }
  });
});

describe.each([
  ['1.28', false],
  ['1.34', true],
] as const)('all checks, on Kubernetes %s, CNI plugin: %s', (kubernetes, meshCni) => {
  test('find nothing in what the mesh and its certificates need', () => {
    const changes = { ...production, kubernetes, meshCni };
    const { objects, graph } = render(everything, changes);
    const facts = { ...factsOf(clusterWith({ ...roles, ...changes })), ...networkFacts(graph) };
    const { findings, notRun } = runChecks(objects.sourced, facts);
    expect(notRun).toEqual([]);
    expect(findings.map(({ check, object, message }) => `${check}: ${object}: ${message}`)).toEqual([]);
  });
});

describe('the namespace of the control plane', () => {
  const namespaceOf = (rendered: ReturnType<typeof render>, name: string) => rendered.objects.one('Namespace', name).metadata;

  test('enforces less for the init container only, and is held to the rest where the API server can tell', () => {
    const { labels, annotations } = namespaceOf(render(undefined, { kubernetes: '1.34' }), 'linkerd');
    expect(labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
    expect(labels['pod-security.kubernetes.io/warn']).toBe('restricted');
    expect(annotations['pod-security.fleet/why']).toContain('NET_ADMIN');
    const { admission } = render(undefined, { kubernetes: '1.34' });
    const [binding] = admission.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
    expect(JSON.stringify(binding.spec.matchResources.namespaceSelector)).toContain('"linkerd"');
  });

  test('with the CNI plugin it enforces restricted, and so do meshed namespaces; the plugin’s own does not, and says why', () => {
    const rendered = render(undefined, { kubernetes: '1.34', meshCni: true });
    expect(namespaceOf(rendered, 'linkerd').labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    expect(namespaceOf(rendered, 'linkerd-cni').labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
    expect(namespaceOf(rendered, 'linkerd-cni').annotations['pod-security.fleet/why']).toContain('hostPath');
    expect(rendered.admission).toEqual([]);
  });
});

describe('the CNI plugin', () => {
  test('is there by choice only, before the control plane, and takes the place of the init container', () => {
    expect(render().units.map(({ name }) => name)).not.toContain('linkerd-cni');
    expect(render().values('linkerd').cniEnabled).toBe(false);
    const rendered = render(undefined, { meshCni: true });
    expect(rendered.values('linkerd').cniEnabled).toBe(true);
    expect(rendered.wave('linkerd-cni')).toBeLessThan(rendered.wave('linkerd'));
  });

  test('fits its namespace on as many nodes as there may be', () => {
    const rendered = render(undefined, { meshCni: true });
    const nodes = clusterWith().nodeGroups.reduce((sum, { size }) => sum + size.max, 0);
    const quota = rendered.objects.of('ResourceQuota').find(({ metadata }) => metadata.namespace === 'linkerd-cni');
    expect(Number(quota.spec.hard.pods)).toBeGreaterThan(nodes);
  });
});
