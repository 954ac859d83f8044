import { listAt, textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { podTemplates } from '../pods';

/** Claims that pods mount by name are there. */
export const persistentVolumeClaimExists: Check = {
  id: 'persistent-volume-claim-exists',
  title: 'Every PersistentVolumeClaim that a pod mounts by name exists.',
  severity: 'error',
  why: 'The pod stays Pending: the scheduler waits for the claim.',
  mend: 'Correct the name, render the claim, or use volumeClaimTemplates of a StatefulSet.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const { subject, spec, field } of podTemplates(objects)) {
      const namespace = namespaceOf(subject.object);
      for (const [i, volume] of listAt(spec, 'volumes').entries()) {
        const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
        if (name === undefined || all.exists('', 'PersistentVolumeClaim', name, namespace)) continue;
        const path = `${field === '' ? '' : `${field}.`}spec.volumes[${i}].persistentVolumeClaim.claimName`;
        yield { subject, field: path, message: `mounts PersistentVolumeClaim ${namespace}/${name}, which does not exist` };
      }
    }
  },
};
