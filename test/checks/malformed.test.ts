import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessChecks } from '../../checks/access';
import type { Check } from '../../checks/check';
import { podChecks } from '../../checks/pod';
import { runChecks } from '../../checks/run';
import { securityChecks } from '../../checks/security';
import type { JsonObject, KubeObject } from '../../synth/object';

/** Findings of checks that threw instead of judging. */
function crashes(objects: readonly JsonObject[], checks: readonly Check[]) {
  const subjects = objects.map((fields, i) => ({
    object: { metadata: { name: `a${i}` }, ...fields } as JsonObject as KubeObject,
    source: 'test',
  }));
  return runChecks(subjects, { existing: [] }, checks).findings.filter(({ source }) => source === '(all objects)');
}

const anything = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonObject>;

/** Objects with any of these members, each of any shape. */
const partial = (...keys: readonly string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, anything])), { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;

test('a role or binding of any shape is judged', () => {
  const kind = fc.constantFrom('Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding');
  fc.assert(
    fc.property(fc.array(fc.tuple(kind, partial('rules', 'subjects', 'roleRef')), { maxLength: 3 }), (objects) => {
      const group = 'rbac.authorization.k8s.io/v1';
      expect(
        crashes(
          objects.map(([name, fields]) => ({ apiVersion: group, kind: name, ...fields })),
          accessChecks,
        ),
      ).toEqual([]);
    }),
  );
});

test('a pod whose containers and volumes have any shape is judged', () => {
  const container = partial(
    'name',
    'image',
    'imagePullPolicy',
    'securityContext',
    'ports',
    'env',
    'envFrom',
    'args',
    'command',
    'lifecycle',
    'resources',
    'volumeMounts',
    'livenessProbe',
    'readinessProbe',
    'restartPolicy',
  );
  const spec = partial(
    'volumes',
    'securityContext',
    'hostPID',
    'os',
    'serviceAccountName',
    'serviceAccount',
    'dnsPolicy',
    'dnsConfig',
    'affinity',
  );
  fc.assert(
    fc.property(fc.array(container, { maxLength: 2 }), spec, (containers, rest) => {
      const template = { spec: { ...rest, containers, initContainers: containers } };
      const objects = [
        { apiVersion: 'v1', kind: 'Pod', ...template },
        { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 2, template } },
      ];
      expect(crashes(objects, [...securityChecks, ...podChecks])).toEqual([]);
    }),
  );
});

test('objects of other kinds of any shape are judged', () => {
  const kind = fc.constantFrom(
    'v1/Service',
    'v1/Secret',
    'v1/ConfigMap',
    'v1/Namespace',
    'argoproj.io/v1alpha1/Application',
    'v1/PersistentVolumeClaim',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(kind, partial('spec', 'data', 'stringData')), { maxLength: 3 }), (objects) => {
      const made = objects.map(([type, fields]) => ({
        apiVersion: type.replace(/\/[^/]*$/, ''),
        kind: type.replace(/^.*\//, ''),
        ...fields,
      }));
      expect(crashes(made, [...securityChecks, ...podChecks])).toEqual([]);
    }),
  );
});
