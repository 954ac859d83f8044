import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { hostMounts } from './host-mounts';

const SOCKETS = ['docker.sock', 'containerd.sock', 'crio.sock', 'cri-dockerd.sock', 'kubelet.sock'];
/** Folders that hold those sockets. */
const FOLDERS = [
  '/run',
  '/var/run',
  '/run/containerd',
  '/var/run/containerd',
  '/run/crio',
  '/var/run/crio',
  '/run/docker',
  '/var/run/docker',
];

export const runtimeSocket: Check = {
  id: 'runtime-socket',
  title: "No container sees the socket of the node's container runtime.",
  severity: 'error',
  why: 'Whoever writes to the socket starts privileged containers on the node, past the API server; a read-only mount does not prevent it.',
  mend: 'Remove the mount; build images without a daemon, and read container metadata from the API.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      for (const { field, hostPath, container } of hostMounts(template)) {
        if (!FOLDERS.includes(hostPath) && !SOCKETS.some((socket) => hostPath.endsWith(`/${socket}`))) continue;
        const message = `container ${container.container.name} mounts ${hostPath} of the node; expected no runtime socket, nor a folder of one`;
        yield { subject: template.subject, field, message };
      }
    }
  },
};
