import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Cluster } from '../../charts/cluster';
import { crds, service } from '../../charts/gitops';
import { LOKI_PODS } from '../../charts/loki';
import { meshTracing, type TracesChoice, traces } from '../../charts/otel-collector';
import { storageClasses } from '../../charts/storage-classes';
import { runChecks } from '../../checks/run';
import { factsOf, networkFacts } from '../../fleet/facts';
import { environments } from '../../overlays/environments';
import { clusterWith, type Rendered } from '../workload/support';
import { delivered } from './delivered';

const everything: { readonly jaeger: Required<TracesChoice['jaeger']> } & Required<TracesChoice> = {
  jaeger: {
    storage: { kind: 'badger', hours: 24, volume: '5Gi' },
    resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '512Mi' } },
  },
  mesh: true,
  keepErrors: false,
  keepSlowerThanMs: 1500,
  replicas: 3,
  resources: { requests: { cpu: '80m', memory: '200Mi' }, limits: { memory: '300Mi' } },
};

const EXISTING = [service('mesh'), crds('policy.linkerd.io'), crds('gateway.networking.k8s.io')];
const render = (choice: TracesChoice = { jaeger: {} }, changes: Partial<Cluster> = {}) => {
  const cluster = clusterWith(changes);
  return { cluster, ...delivered(cluster, [storageClasses(cluster), ...traces(cluster, choice, [])], EXISTING) };
};
const configOf = ({ objects }: ReturnType<typeof render>, name: string): Rendered => {
  const [text] = Object.values<string>(objects.one('ConfigMap', name).data);
  return parse(text ?? '', { version: '1.1' });
};
const gateway = (...args: Parameters<typeof render>) => configOf(render(...args), 'otel-gateway-config');
const jaeger = (...args: Parameters<typeof render>) => configOf(render(...args), 'jaeger-config');

describe.each(['1.28', '1.34'])('traces on Kubernetes %s', (kubernetes) => {
  test.each([
    ['with minimal choices', { jaeger: {} }, {}],
    ['with all choices', everything, {}],
    ['in production', { jaeger: {} }, { environment: environments.production }],
    ['without a mesh', { jaeger: {} }, { mesh: false }],
  ] as const)('pass the checks %s', (_, choice, changes) => {
    const { cluster, objects, graph } = render(choice, { kubernetes, ...changes });
    const { findings } = runChecks(objects.sourced, { ...factsOf(cluster), ...networkFacts(graph) });
    expect(findings.map(({ check, object, message }) => `${check}: ${object}: ${message}`)).toEqual([]);
  });
});

describe('the gateway', () => {
  const policies = (choice: TracesChoice, environment: Cluster['environment']) =>
    gateway(choice, { environment }).processors.tail_sampling.policies.map(({ name, type, ...rest }: Rendered) => [type, rest[type]]);

  test('keeps the environment’s share of traces, and those with errors', () => {
    expect(policies({ jaeger: {} }, environments.production)).toEqual([
      ['probabilistic', { sampling_percentage: 10 }],
      ['status_code', { status_codes: ['ERROR'] }],
    ]);
    expect(policies({ jaeger: {} }, environments.dev)).toEqual([['always_sample', undefined]]);
    expect(policies(everything, environments.staging)).toEqual([
      ['probabilistic', { sampling_percentage: 50 }],
      ['latency', { threshold_ms: 1500 }],
    ]);
  });

  test('refuses a share that is none', () => {
    const environment = { ...environments.dev, traceSampling: 10 };
    expect(() => render({ jaeger: {} }, { environment })).toThrow(
      /environments\.ts: dev\.traceSampling is 10; expected a share from 0 to 1/,
    );
  });

  test('gives all spans of a trace to one pod, by the addresses of those that are ready', () => {
    const rendered = render();
    const { exporters, receivers, service } = configOf(rendered, 'otel-gateway-config');
    const { hostname, port } = exporters.load_balancing.resolver.dns;
    const [name, namespace] = hostname.split('.');
    const { metadata, spec } = rendered.objects.one('Service', name);
    expect([metadata.namespace, spec.clusterIP, spec.publishNotReadyAddresses]).toEqual([namespace, 'None', undefined]);
    expect(spec.ports.map((own: Rendered) => String(own.port))).toEqual([port]);
    expect(receivers['otlp/routed'].protocols.grpc.endpoint).toBe(`0.0.0.0:${port}`);
    // What is routed is decided about, and never routed again.
    expect(service.pipelines['traces/sampled'].receivers).toEqual(['otlp/routed']);
    expect(service.pipelines['traces/in'].processors).not.toContain('tail_sampling');
  });

  test('sends to Jaeger’s Service, on a port that it has', () => {
    const rendered = render();
    const [host, port] = configOf(rendered, 'otel-gateway-config').exporters['otlp_grpc/jaeger'].endpoint.split(':');
    const { spec, metadata } = rendered.objects.one('Service', host.split('.')[0]);
    expect([metadata.namespace, spec.ports.map((own: Rendered) => own.port)]).toEqual(['tracing', expect.arrayContaining([Number(port)])]);
  });

  test('has no right to ask the API server', () => {
    const { objects } = render();
    expect(objects.one('ServiceAccount', 'otel-gateway').automountServiceAccountToken).toBe(false);
    expect(objects.all.filter(({ kind }) => kind.endsWith('RoleBinding'))).toEqual([]);
  });

  test('lets in the proxies of meshed pods by their identities, and those of no others', () => {
    const cluster = clusterWith();
    const pod = { ...LOKI_PODS, name: 'meshed', serviceAccount: 'meshed', meshed: true };
    const identities = (choice: TracesChoice) => {
      const [, { network }] = traces(cluster, choice, [pod, LOKI_PODS]) as [unknown, Rendered];
      return network.edges
        .filter(({ port, to }: Rendered) => port === 'otlp' && to.name === 'otel-gateway')
        .map(({ from }: Rendered) => from.name);
    };
    expect(identities({ jaeger: {} })).toEqual(['meshed', 'jaeger', 'otel-gateway']);
    expect(identities({ jaeger: {}, mesh: false })).toEqual([]);
  });

  test('is what proxies are told, where there are some', () => {
    const { objects } = render();
    const { tracing } = meshTracing({ mesh: true }, { jaeger: {} });
    const [host, port] = tracing?.endpoint.split(':') ?? [];
    const { spec } = objects.one('Service', host?.split('.')[0]);
    expect(spec.ports.map((own: Rendered) => String(own.port))).toContain(port);
    objects.one('ServiceAccount', tracing?.serviceAccount);
    expect([meshTracing({ mesh: true }, undefined), meshTracing({ mesh: false }, { jaeger: {} })]).toEqual([{}, {}]);
    expect(meshTracing({ mesh: true }, { jaeger: {}, mesh: false })).toEqual({});
  });
});

describe('Jaeger', () => {
  test('keeps traces in memory in dev, and on a volume for days elsewhere', () => {
    expect(jaeger().extensions.jaeger_storage.backends.traces).toEqual({ memory: { max_traces: 50_000 } });
    expect(render().objects.of('StatefulSet')).toEqual([]);
    const rendered = render({ jaeger: {} }, { environment: environments.production });
    const { badger } = configOf(rendered, 'jaeger-config').extensions.jaeger_storage.backends.traces;
    expect(badger).toMatchObject({ ephemeral: false, ttl: { spans: '168h' } });
    const { spec } = rendered.objects.one('StatefulSet', 'jaeger');
    const [mount] = spec.template.spec.containers[0].volumeMounts.filter(({ name }: Rendered) => name === 'data');
    expect(Object.values<string>(badger.directories).every((folder) => folder.startsWith(`${mount.mountPath}/`))).toBe(true);
    expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('50Gi');
    expect(spec.replicas).toBe(1);
  });

  test('takes spans from the gateway alone; nobody asks it until something shows traces', () => {
    const annotations = render().objects.one('NetworkPolicy', 'jaeger').metadata.annotations;
    expect(annotations['edges.fleet/ingress'].split('\n').filter(Boolean)).toEqual([
      'linkerd-admin, metrics from monitoring/prometheus',
      'otlp from otel-gateway',
    ]);
  });
});
