import { controlCheck } from './control-check';

export const hostNamespaces = controlCheck({
  id: 'host-namespaces',
  title: 'No pod shares the network, processes or IPC of its node.',
  why: "It can see and reach what runs on the node: the kubelet, the instance metadata with the rights of the node, other pods' traffic and processes. NetworkPolicies do not hold for it.",
  mend: 'Remove hostNetwork, hostPID and hostIPC; an agent that must have them is exempted with its reason.',
});
