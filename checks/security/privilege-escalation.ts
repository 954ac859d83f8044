import { controlCheck } from './control-check';

export const privilegeEscalation = controlCheck({
  id: 'privilege-escalation',
  title: 'No process can gain more rights than its parent.',
  why: 'A setuid program in the image would make a taken-over process root.',
  mend: 'Set securityContext.allowPrivilegeEscalation of the container to false.',
});
