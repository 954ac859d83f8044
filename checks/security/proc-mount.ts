import { controlCheck } from './control-check';

export const procMount = controlCheck({
  id: 'proc-mount',
  title: "Containers see /proc with the runtime's masks.",
  why: "Unmasked, /proc shows and changes settings of the node's kernel.",
  mend: 'Remove procMount.',
});
