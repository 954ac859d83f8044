import { controlCheck } from './control-check';

export const runAsUser = controlCheck({
  id: 'run-as-user',
  title: 'No container asks for user id 0.',
  why: 'With runAsNonRoot the kubelet refuses to start it; without, it runs as root.',
  mend: 'Remove runAsUser, or choose an id above 0 that the image knows.',
});
