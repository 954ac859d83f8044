import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { hostMounts } from './host-mounts';

export const writableHostMount: Check = {
  id: 'writable-host-mount',
  title: 'What a container mounts from its node, it can only read.',
  severity: 'error',
  why: 'A container that writes to its node can plant programs there, and fills its disk for all pods.',
  mend: 'Set readOnly: true on the mount; an agent that has to write is exempted with its reason.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      for (const { field, hostPath, readOnly, container } of hostMounts(template)) {
        if (readOnly) continue;
        const message = `container ${container.container.name} can write to ${hostPath} of the node; expected readOnly: true`;
        yield { subject: template.subject, field: `${field}.readOnly`, message };
      }
    }
  },
};
