import { controlCheck } from './control-check';

export const volumeTypes = controlCheck({
  id: 'volume-types',
  title: 'Pods use only volume types that touch neither the node nor an unauthenticated server.',
  why: 'In-tree volumes such as nfs or iscsi bypass the CSI driver, its credentials and its quotas.',
  mend: 'Use a PersistentVolumeClaim of a StorageClass, or a CSI volume.',
});
