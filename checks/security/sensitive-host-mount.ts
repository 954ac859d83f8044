import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { hostMounts } from './host-mounts';

/** Folders by which a node can be taken over, or which show what other pods hold. */
const SENSITIVE = [
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/bin',
  '/sbin',
  '/opt',
  '/proc',
  '/root',
  '/home',
  '/sys',
  '/usr',
  '/var/lib/kubelet',
];

/** Also holds where the namespace allows hostPath: an agent that reads /var/log has no use for /etc. */
export const sensitiveHostMount: Check = {
  id: 'sensitive-host-mount',
  title: 'No container mounts a folder that holds the system of its node.',
  severity: 'error',
  why: "These folders hold the node's programs, keys, devices and the secrets of all its pods.",
  mend: 'Mount the one folder that is needed, or none; an agent of the node is exempted with its reason.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      for (const { field, hostPath, container } of hostMounts(template)) {
        if (hostPath !== '/' && !SENSITIVE.some((folder) => hostPath === folder || hostPath.startsWith(`${folder}/`))) continue;
        const message = `container ${container.container.name} mounts ${hostPath} of the node; expected no system folder`;
        yield { subject: template.subject, field, message };
      }
    }
  },
};
