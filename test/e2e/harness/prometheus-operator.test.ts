import { describe, expect, test } from 'vitest';
import { selects } from '../../../checks/selectors';
import type { KubeObject } from '../../../synth/object';
import type { Client } from './client';
import { madeOf, prometheusOperator } from './prometheus-operator';

const instance = (kind: string, spec: object = {}) =>
  ({ apiVersion: 'monitoring.coreos.com/v1', kind, metadata: { name: 'main', namespace: 'monitoring' }, spec }) as unknown as KubeObject;

describe.each(['Prometheus', 'Alertmanager'])('the StatefulSet of a %s', (kind) => {
  const { service, statefulSet } = madeOf(instance(kind), []);

  test('has its own pods, which its Service finds on every port', () => {
    const { serviceName, selector, template } = statefulSet.spec;
    expect(serviceName).toBe(service.metadata.name);
    expect(selects(selector, template.metadata.labels)).toBe(true);
    expect(selects({ matchLabels: service.spec.selector }, template.metadata.labels)).toBe(true);
    const ports = template.spec.containers.flatMap((container) => container.ports ?? []);
    for (const { targetPort } of service.spec.ports)
      expect(ports.some(({ name, containerPort }) => name === targetPort || containerPort === targetPort)).toBe(true);
  });
});

describe('pods of an instance', () => {
  test('mount what it names, and wait for it as others do', () => {
    const { template } = madeOf(instance('Prometheus', { secrets: ['a'], configMaps: ['b'] }), []).statefulSet.spec;
    expect(template.spec.volumes).toMatchObject([{ secret: { secretName: 'a' } }, { configMap: { name: 'b' } }]);
  });

  test('have a reloader that requests what the operator is told', () => {
    const args = ['--config-reloader-cpu-request=10m', '--config-reloader-cpu-limit=0', '--config-reloader-memory-limit=64Mi'];
    const { containers, initContainers = [] } = madeOf(instance('Prometheus'), args).statefulSet.spec.template.spec;
    for (const { resources } of [...containers.slice(1), ...initContainers])
      expect(resources).toEqual({ requests: { cpu: '10m' }, limits: { memory: '64Mi' } });
  });

  test('have a sidecar where blocks are copied, which the Service offers', () => {
    const { service, statefulSet } = madeOf(instance('Prometheus', { thanos: { image: 'x' } }), []);
    expect(statefulSet.spec.template.spec.containers.map(({ name }) => name)).toContain('thanos-sidecar');
    expect(service.spec.ports.map(({ name }) => name)).toContain('grpc');
  });
});

test('nothing is made before the operator runs', async () => {
  const asked: string[] = [];
  const request = async (method: string) => {
    asked.push(method);
    return { status: 200, body: { status: {} }, warnings: [] };
  };
  const operator = prometheusOperator({ request } as unknown as Client);
  await operator.see([instance('Prometheus')]);
  expect(asked).toEqual(['GET']);
  expect(operator.waiting()).toEqual(['Prometheus monitoring/main: the Prometheus operator does not run']);
});
