import { controlCheck } from './control-check';

export const appArmor = controlCheck({
  id: 'app-armor',
  title: 'No container turns AppArmor off.',
  why: "The runtime's AppArmor profile keeps a taken-over process from mounts and from files of the node.",
  mend: 'Use RuntimeDefault, or remove the profile.',
});
