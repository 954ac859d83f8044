import { controlCheck } from './control-check';

export const sysctls = controlCheck({
  id: 'sysctls',
  title: 'Pods set no sysctl that Kubernetes counts as unsafe.',
  why: 'An unsafe sysctl is refused by the kubelet unless the node allows it, and may disturb other pods of the node.',
  mend: 'Remove the sysctl, or set it on the node group.',
});
