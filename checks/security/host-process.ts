import { controlCheck } from './control-check';

export const hostProcess = controlCheck({
  id: 'host-process',
  title: 'No Windows container runs as a process of the host.',
  why: 'A HostProcess container has the rights of the Windows node itself.',
  mend: 'Remove windowsOptions.hostProcess.',
});
