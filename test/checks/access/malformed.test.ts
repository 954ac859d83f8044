import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessChecks } from '../../../checks/access';
import { runChecks } from '../../../checks/run';
import type { JsonObject, KubeObject } from '../../../synth/object';

test('a role or binding of any shape is judged, never a crash', () => {
  const kinds = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];
  const shape = fc.record({ kind: fc.constantFrom(...kinds), rules: fc.jsonValue(), subjects: fc.jsonValue(), roleRef: fc.jsonValue() });
  fc.assert(
    fc.property(fc.array(shape, { maxLength: 3 }), (shapes) => {
      const objects = shapes.map((fields, i) => {
        const object = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: `a${i}` }, ...fields } as JsonObject as KubeObject;
        return { object, source: 'test' };
      });
      const crashes = runChecks(objects, {}, accessChecks).findings.filter(({ source }) => source === '(all objects)');
      expect(crashes).toEqual([]);
    }),
  );
});
