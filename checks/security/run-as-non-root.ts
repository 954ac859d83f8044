import { controlCheck } from './control-check';

export const runAsNonRoot = controlCheck({
  id: 'run-as-non-root',
  title: 'Containers must not run as root.',
  why: 'Root in a container is root on the node as soon as one barrier falls.',
  mend: 'Set securityContext.runAsNonRoot of the pod to true, and a USER in the image.',
});
