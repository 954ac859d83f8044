import { describe, expect, test } from 'vitest';
import { remove } from '../../charts/overlay/value';
import { service } from '../../charts/workload/definition';
import type { ObjectPatch } from '../../synth/patch';
import { resources } from './fixtures';
import { renderAll } from './support';

const running = { image: 'shop/subject', nodeGroup: 'plain', resources, scale: { min: 1, max: 2 } };
const api = service('api', { ...running, ports: { http: 8080 } });
const users = service('users', { ...running, ports: { http: 8080 } });
const patched = (...patch: readonly ObjectPatch[]) => renderAll({ api, users }, [{ api: { patch } }]);

describe('a patch in an overlay', () => {
  test('changes the rendered object, where no field can', () => {
    const rendered = patched(
      { kind: 'Deployment', operations: [{ op: 'replace', path: '/spec/revisionHistoryLimit', value: 2 }] },
      { kind: 'Service', name: 'api', merge: { spec: { trafficDistribution: undefined, sessionAffinity: 'ClientIP' } } },
    );
    expect(rendered.one('Deployment', 'api').spec.revisionHistoryLimit).toBe(2);
    expect(rendered.one('Service', 'api').spec.sessionAffinity).toBe('ClientIP');
  });

  test('touches no other workload', () => {
    const rendered = patched({ kind: 'Deployment', operations: [{ op: 'replace', path: '/spec/revisionHistoryLimit', value: 2 }] });
    expect(rendered.one('Deployment', 'users')).toEqual(renderAll({ api, users }).one('Deployment', 'users'));
  });

  test.each<[string, ObjectPatch, RegExp]>([
    ['of a kind that is not rendered', { kind: 'Ingress', merge: { spec: {} } }, /Ingress \*\) selects no object.*Nothing of kind Ingress/],
    ['of another workload', { kind: 'Deployment', name: 'users', merge: { spec: {} } }, /selects no object.*Deployment shop\/api/],
    [
      'of a place that is not there',
      { kind: 'Deployment', operations: [{ op: 'remove', path: '/spec/replicas' }] },
      /patch 1 \(Deployment \*\) on Deployment shop\/api \(api\/deployment\): remove \/spec\/replicas/,
    ],
    ['that changes nothing', { kind: 'Service', merge: { spec: { type: 'ClusterIP' } } }, /changes nothing/],
    ['that renames the object', { kind: 'Service', merge: { metadata: { name: 'other' } } }, /same group, kind, name/],
  ])('%s is refused', (_, patch, message) => {
    expect(() => patched(patch)).toThrow(message);
  });
});

test('`remove` leaves a workload out of the cluster, with everything of it', () => {
  const rendered = renderAll({ api, users }, [{ users: remove }]);
  expect(rendered.all.filter(({ metadata }) => metadata.name === 'users')).toEqual([]);
  expect(rendered.all.some(({ metadata }) => metadata.name === 'api')).toBe(true);
});
