import { describe, expect, test } from 'vitest';
import { service } from '../../charts/workload/definition';
import { podOf, type Rendered, render, renderAll } from './support';

const base = {
  image: 'shop/subject',
  nodeGroup: 'plain',
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  scale: { min: 1, max: 2 },
  ports: { http: 8080 },
} as const;
const subject = service('subject', { ...base, telemetry: { protocol: 'grpc' } });
const envOf = (pod: Rendered): Readonly<Record<string, string>> =>
  Object.fromEntries(pod.spec.containers[0].env.map(({ name, value }: Rendered) => [name, value]));

describe('a workload with telemetry', () => {
  const rendered = render(subject);
  const env = envOf(podOf(rendered));

  test('sends to the collector, which its policy lets it reach, on the port of its protocol', () => {
    expect(env.OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://otel-gateway.tracing.svc.cluster.local:4317');
    const policy = rendered.one('NetworkPolicy', 'subject').metadata.annotations['edges.fleet/egress'];
    expect(policy.split('\n')).toContain('otlp to tracing/otel-gateway');
    const http = envOf(podOf(render(service('subject', { ...base, telemetry: { protocol: 'http/protobuf' } }))));
    expect([http.OTEL_EXPORTER_OTLP_PROTOCOL, http.OTEL_EXPORTER_OTLP_ENDPOINT?.endsWith(':4318')]).toEqual(['http/protobuf', true]);
  });

  test('samples what its caller sampled: the collector decides', () => {
    expect(env.OTEL_TRACES_SAMPLER).toBe('parentbased_always_on');
    expect([env.OTEL_METRICS_EXPORTER, env.OTEL_LOGS_EXPORTER]).toEqual(['none', 'none']);
  });

  test('says who it is and where it runs, by variables that stand before the one that names them', () => {
    expect(env.OTEL_SERVICE_NAME).toBe('subject');
    const attributes = Object.fromEntries((env.OTEL_RESOURCE_ATTRIBUTES ?? '').split(',').map((pair) => pair.split('=')));
    expect(attributes).toMatchObject({ 'service.namespace': 'shop', 'deployment.environment.name': 'dev', 'k8s.namespace.name': 'shop' });
    const names = podOf(rendered).spec.containers[0].env.map(({ name }: Rendered) => name);
    for (const [, variable] of (env.OTEL_RESOURCE_ATTRIBUTES ?? '').matchAll(/\$\((\w+)\)/g)) {
      expect(names.indexOf(variable)).toBeGreaterThanOrEqual(0);
      expect(names.indexOf(variable)).toBeLessThan(names.indexOf('OTEL_RESOURCE_ATTRIBUTES'));
    }
  });

  test('may say more, and something else', () => {
    const own = service('subject', {
      ...base,
      telemetry: { protocol: 'grpc', attributes: { team: 'orders' } },
      env: { OTEL_TRACES_SAMPLER: 'always_off' },
    });
    const env = envOf(podOf(render(own)));
    expect(env.OTEL_RESOURCE_ATTRIBUTES).toContain('team=orders');
    expect(env.OTEL_TRACES_SAMPLER).toBe('always_off');
  });

  test('does not render where no collector runs', () => {
    expect(() => renderAll({ subject })).toThrow(/tracing\/otel-gateway does not run in this cluster/);
  });
});

test('a workload without says nothing of it', () => {
  expect(JSON.stringify(podOf(render(service('subject', base))))).not.toContain('OTEL_');
});
