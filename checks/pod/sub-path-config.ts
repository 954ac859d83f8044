import { at, listAt, textAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';

const UPDATED = ['configMap', 'secret', 'projected', 'downwardAPI'];

export const subPathConfig: Check = {
  id: 'sub-path-config',
  title: 'ConfigMaps and Secrets are mounted as folders, not by subPath.',
  severity: 'warning',
  why: 'A file that is mounted by subPath never changes while the pod runs: a rotated secret or certificate stays the old one.',
  mend: 'Mount the volume as a folder of its own; where every change restarts the pods anyway, exempt the workload and say so.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const types = new Map(
        listAt(template.spec, 'volumes').map((volume) => [textAt(volume, 'name'), UPDATED.find((type) => at(volume, type) !== undefined)]),
      );
      for (const { container, field } of containersOf(template)) {
        for (const [i, mount] of listAt(container, 'volumeMounts').entries()) {
          const path = textAt(mount, 'subPath') ?? textAt(mount, 'subPathExpr') ?? '';
          const type = types.get(textAt(mount, 'name'));
          if (path === '' || type === undefined) continue;
          const message = `container ${container.name} mounts ${path} of a ${type} volume by subPath; expected the whole folder`;
          yield { subject: template.subject, field: `${field}.volumeMounts[${i}].subPath`, message };
        }
      }
    }
  },
};
