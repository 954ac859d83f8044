import { at, shown } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';

export const readOnlyRootFilesystem: Check = {
  id: 'read-only-root-filesystem',
  title: "Containers cannot write to their image's file system.",
  severity: 'error',
  why: 'A writable root lets whoever gets in replace programs, and fills the disk of the node with files that no limit counts.',
  mend: 'Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the program writes.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      const value = at(container, 'securityContext', 'readOnlyRootFilesystem');
      if (value === true || at(template.spec, 'os', 'name') === 'windows') continue;
      const message = `readOnlyRootFilesystem of container ${container.name} is ${shown(value)}; expected true`;
      yield { subject: template.subject, field: `${field}.securityContext.readOnlyRootFilesystem`, message };
    }
  },
};
