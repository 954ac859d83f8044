import { controlCheck } from './control-check';

export const hostPath = controlCheck({
  id: 'host-path',
  title: 'No pod mounts a folder of its node.',
  why: 'The folder outlives the pod and belongs to the node: it leaks data between pods and is a way to take the node over.',
  mend: 'Use an emptyDir, a PersistentVolumeClaim or a CSI volume.',
});
