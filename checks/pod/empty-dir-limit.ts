import { at, listAt, textAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { specField } from '../security/standard/control';

export const emptyDirLimit: Check = {
  id: 'empty-dir-limit',
  title: 'Every emptyDir has a size limit.',
  severity: 'warning',
  why: 'One pod can fill the disk of its node, and the kubelet then evicts its neighbours.',
  mend: 'Set emptyDir.sizeLimit; a pod that writes more is evicted alone.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      for (const [i, volume] of listAt(template.spec, 'volumes').entries()) {
        if (at(volume, 'emptyDir') === undefined || at(volume, 'emptyDir', 'sizeLimit') !== undefined) continue;
        const message = `the emptyDir ${textAt(volume, 'name')} has no sizeLimit; expected a quantity`;
        yield { subject: template.subject, field: `${specField(template)}.volumes[${i}].emptyDir.sizeLimit`, message };
      }
    }
  },
};
