import { textAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';

export const persistentVolumeExists: Check = {
  id: 'persistent-volume-exists',
  title: 'Every PersistentVolume that a claim names exists.',
  severity: 'error',
  why: 'The claim waits for exactly that volume, and its pods with it.',
  mend: 'Correct spec.volumeName, render the volume, list it among the facts as existing, or remove the name to have one made.',
  needs: ['existing'],
  *run(objects, facts) {
    const index = lookup(objects, facts);
    for (const subject of index.all('', 'PersistentVolumeClaim')) {
      const name = textAt(subject.object, 'spec', 'volumeName') ?? '';
      if (name === '' || index.exists('', 'PersistentVolume', name)) continue;
      yield { subject, field: 'spec.volumeName', message: `the claim names the PersistentVolume ${name}, which does not exist` };
    }
  },
};
