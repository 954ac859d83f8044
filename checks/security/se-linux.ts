import { controlCheck } from './control-check';

export const seLinux = controlCheck({
  id: 'se-linux',
  title: 'No pod chooses an SELinux user, role or type beyond those for containers.',
  why: 'Other SELinux labels let a process touch files and processes of the node.',
  mend: 'Remove seLinuxOptions, or choose one of the container types.',
});
