import type { SourcedObject } from '../../synth/object';
import { listAt, mapAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';
import { podTemplates } from '../pods';

/** StorageClasses that claims name are there. */
export const storageClassExists: Check = {
  id: 'storage-class-exists',
  title: 'Every StorageClass that a claim names exists.',
  severity: 'error',
  why: 'The claim stays Pending, and so does every pod that mounts it.',
  mend: 'Correct the name, render the StorageClass, or list it among the facts as existing.',
  needs: ['existing'],
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const [subject, field, claim] of claims(objects)) {
      const name = mapAt(claim).storageClassName;
      // The empty string asks for a volume without a class.
      if (typeof name !== 'string' || name === '' || all.exists('storage.k8s.io', 'StorageClass', name)) continue;
      yield { subject, field: `${field}.storageClassName`, message: `asks for StorageClass ${name}, which does not exist` };
    }
  },
};

/** The specs of all claims: on their own, of StatefulSets, and ephemeral ones of pods. */
function* claims(objects: readonly SourcedObject[]): Iterable<readonly [SourcedObject, string, unknown]> {
  for (const subject of objects) {
    const { apiVersion, kind, spec } = subject.object;
    if (apiVersion === 'v1' && kind === 'PersistentVolumeClaim') yield [subject, 'spec', spec];
    if (kind !== 'StatefulSet') continue;
    for (const [i, template] of listAt(spec, 'volumeClaimTemplates').entries())
      yield [subject, `spec.volumeClaimTemplates[${i}].spec`, mapAt(template).spec];
  }
  for (const { subject, spec, field } of podTemplates(objects)) {
    for (const [i, volume] of listAt(spec, 'volumes').entries()) {
      const path = `${field === '' ? '' : `${field}.`}spec.volumes[${i}].ephemeral.volumeClaimTemplate.spec`;
      yield [subject, path, mapAt(volume, 'ephemeral', 'volumeClaimTemplate').spec];
    }
  }
}
