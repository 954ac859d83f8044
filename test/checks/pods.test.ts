import fc from 'fast-check';
import { expect, test } from 'vitest';
import { containersOf, podTemplates } from '../../checks/pods';
import type { JsonObject, KubeObject } from '../../synth/object';

const templatesOf = (...specs: readonly JsonObject[]) =>
  podTemplates(
    specs.map((spec, i) => ({
      object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `a${i}` }, spec } as KubeObject,
      source: 'test',
    })),
  );

test('templates and containers of any shape are read', () => {
  const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonObject>;
  const spec = fc.record({ initContainers: anything, containers: anything }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(anything, spec), anything, (shape, metadata) => {
      for (const { container } of templatesOf({ template: { metadata, spec: shape } as JsonObject }).flatMap(containersOf)) {
        expect(container).toBeTypeOf('object');
      }
    }),
  );
});

test('an item that is no container is left out, and the others keep their place', () => {
  const [template] = templatesOf({ template: { spec: { initContainers: { name: 'a' }, containers: ['a', null, { name: 'b' }] } } });
  expect(containersOf(template!).map(({ field, container }) => [field, container.name])).toEqual([
    ['spec.template.spec.containers[2]', 'b'],
  ]);
});

test('a template without a spec is a pod without containers; without a template there is none', () => {
  const templates = templatesOf({ template: { spec: null } }, { template: null }, {}, { template: [] });
  expect(templates.map(({ subject, spec, labels }) => [subject.object.metadata.name, spec, labels])).toEqual([['a0', {}, {}]]);
});

test('templates are found once per set', () => {
  const objects = templatesOf({ template: { spec: {} } }).map(({ subject }) => subject);
  expect(podTemplates(objects)).toBe(podTemplates(objects));
});
