import { controlCheck } from './control-check';

export const privilegedContainer = controlCheck({
  id: 'privileged-container',
  title: 'No container is privileged.',
  why: 'A privileged container is root on its node: whoever gets into it has every pod and secret there.',
  mend: 'Remove privileged and add the one capability that is needed, or move that work to a component that is exempted with its reason.',
});
