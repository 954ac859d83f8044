import { controlCheck } from './control-check';

export const hostProbe = controlCheck({
  id: 'host-probe',
  title: 'Probes and hooks ask the pod itself, never another host.',
  why: 'The kubelet sends the request from the node: whoever writes the probe reaches what only the node may reach.',
  mend: 'Remove host from the httpGet or tcpSocket.',
});
