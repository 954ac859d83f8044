import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { dev, namespaces, object, production, type Rendered, render, unit, workload } from './support';

const crdFolder = join(__dirname, '../../../shared/crds');

const rollout = object('argoproj.io/v1alpha1', 'Rollout', 'api', 'shop', { spec: { workloadRef: { kind: 'Deployment', name: 'api' } } });
const deployment = object('apps/v1', 'Deployment', 'api', 'shop', { spec: { replicas: 0 } });
const units = [
  namespaces,
  unit('chart', {
    source: {
      kind: 'chart',
      repoURL: 'https://charts.example.com',
      chart: 'c',
      version: '1.0.0',
      valuesObject: { any: { value: 1 } },
      skipCrds: true,
    },
    namespace: 'shop',
  }),
  unit('git', {
    source: { kind: 'git', repoURL: 'https://git.example.com/c.git', path: 'crds', tag: 'v1' },
    stage: 'crds',
    provides: [{ kind: 'crds', name: 'argoproj.io' }],
  }),
  workload('api', { objects: [deployment, rollout] }),
];

describe.each(['1.28', '1.34'])(
  'the definitions that go with Kubernetes %s accept every object, without unknown fields (needs ../shared)',
  (line) => {
    const file = join(crdFolder, line, 'argo-cd.yaml');
    test.skipIf(!existsSync(file)).each([
      ['dev', dev],
      ['production, frozen', { ...production, freeze: true }],
    ])('%s', (_, policy) => {
      const validators = validatorsOf(readFileSync(file, 'utf8'));
      const rendered = render(units, policy);
      const argo = [...rendered.platform, ...rendered.workloads, ...rendered.bootstrap].filter(({ kind }) => kind !== 'ConfigMap');
      expect(argo.length).toBe(10);
      for (const each of argo) {
        const validate = validators.get(each.kind);
        expect(validate?.(each), `${each.kind} ${each.metadata.name}: ${JSON.stringify(validate?.errors)}`).toBe(true);
      }
    });
  },
);

function validatorsOf(definitions: string): Map<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  return new Map(
    loadAll(definitions)
      .filter((crd: Rendered) => crd.spec.names.kind !== 'ApplicationSet')
      .map((crd: Rendered) => {
        const schema = crd.spec.versions[0].schema.openAPIV3Schema;
        const closed = closeObjects(schema);
        return [crd.spec.names.kind, ajv.compile({ ...closed, properties: { ...closed.properties, metadata: {} } })];
      }),
  );
}

/** The schema with unknown fields refused, as the API server does under strict field validation. */
function closeObjects(schema: Rendered): Rendered {
  if (Array.isArray(schema)) return schema.map(closeObjects);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, member]) => [key, closeObjects(member)]));
  const open =
    schema.properties === undefined || typeof schema.type !== 'string' || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return open ? inner : { ...inner, additionalProperties: false };
}
