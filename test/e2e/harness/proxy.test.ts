import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInjected, LINKERD, withProxy } from './proxy';
import { REPOSITORY } from './targets';

const pod = (annotations?: Readonly<Record<string, string>>, more = {}) => ({
  metadata: { generateName: 'x-', namespace: 'x', annotations },
  spec: { containers: [{ name: 'app' }], ...more },
});
const meshed = { 'linkerd.io/inject': 'enabled' };

test('the annotation of a template wins over its namespace; pods on the host network stay out', () => {
  expect(isInjected(pod(), meshed)).toBe(true);
  expect(isInjected(pod(), undefined)).toBe(false);
  expect(isInjected(pod({ 'linkerd.io/inject': 'disabled' }), meshed)).toBe(false);
  expect(isInjected(pod(meshed), {})).toBe(true);
  expect(isInjected(pod(undefined, { hostNetwork: true }), meshed)).toBe(false);
});

test('both containers get the given resources, unless annotations of the namespace or the pod say otherwise', () => {
  const given = { limits: { cpu: '1', memory: '250Mi' }, requests: { cpu: '100m', memory: '20Mi' } };
  const resources = (annotations = {}, namespace = {}) => {
    const { containers, initContainers } = withProxy(pod(annotations), namespace, LINKERD['1.28']);
    expect(initContainers[0]?.resources).toEqual(containers[0]?.resources);
    return containers[0]?.resources;
  };
  expect(resources()).toEqual(given);
  const namespace = { 'config.linkerd.io/proxy-cpu-request': '50m', 'config.linkerd.io/proxy-memory-limit': '1Gi' };
  expect(resources({ 'config.linkerd.io/proxy-cpu-request': '70m' }, namespace)).toEqual({
    limits: { cpu: '1', memory: '1Gi' },
    requests: { cpu: '70m', memory: '20Mi' },
  });
});

test('a proxy is an ordinary container, or a sidecar before the init containers where an annotation says so', () => {
  const names = (annotations = {}) => {
    const { containers, initContainers } = withProxy(pod(annotations, { initContainers: [{ name: 'first' }] }), meshed, LINKERD['1.34']);
    return [
      initContainers.map(({ name, restartPolicy }) => (restartPolicy === 'Always' ? `${name}, always` : name)),
      containers.map(({ name }) => name),
    ];
  };
  expect(names()).toEqual([
    ['first', 'linkerd-init'],
    ['linkerd-proxy', 'app'],
  ]);
  expect(names({ 'config.alpha.linkerd.io/proxy-enable-native-sidecar': 'true' })).toEqual([
    ['linkerd-init', 'linkerd-proxy, always', 'first'],
    ['app'],
  ]);
});

const catalogue = join(REPOSITORY, '../shared/reference/components.json');
test.skipIf(!existsSync(catalogue))('the images are those of the catalogue (skipped where it is absent)', () => {
  const { components } = JSON.parse(readFileSync(catalogue, 'utf8'));
  for (const [line, { proxy, init }] of Object.entries(LINKERD)) {
    expect(Object.keys(components['linkerd-control-plane'][line].images)).toEqual(expect.arrayContaining([proxy, init]));
  }
});
