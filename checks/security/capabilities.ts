import { controlCheck } from './control-check';

export const capabilities = controlCheck({
  id: 'capabilities',
  title: 'Containers drop all Linux capabilities and add none but NET_BIND_SERVICE.',
  why: 'Capabilities such as NET_RAW or SYS_ADMIN let a taken-over process spoof traffic or leave its container.',
  mend: 'Set securityContext.capabilities.drop to ["ALL"] and listen on a port above 1023.',
});
