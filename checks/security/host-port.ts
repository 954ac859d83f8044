import { controlCheck } from './control-check';

export const hostPort = controlCheck({
  id: 'host-port',
  title: 'No container takes a port of its node.',
  why: 'Only one such pod fits on a node, and the port is open past Services and NetworkPolicies.',
  mend: 'Remove hostPort and reach the pod through a Service.',
});
