import { controlCheck } from './control-check';

export const seccomp = controlCheck({
  id: 'seccomp',
  title: 'Containers run under a seccomp profile.',
  why: 'Without one a process can make every system call, also those that kernel exploits need.',
  mend: 'Set securityContext.seccompProfile.type of the pod to RuntimeDefault.',
});
