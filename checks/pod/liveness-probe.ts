import { at } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { isLongRunning } from './kinds';

export const livenessProbe: Check = {
  id: 'liveness-probe',
  title: 'Containers that run for long have a liveness probe.',
  severity: 'warning',
  why: 'A program that hangs without ending stays as it is until a person notices.',
  mend: 'Add a livenessProbe that fails only when a restart helps; a program that ends by itself when it cannot go on is exempted with that reason.',
  *run(objects) {
    for (const { template, container, field, init } of podIndex(objects).templates.filter(isLongRunning).flatMap(containersOf)) {
      if (init || at(container, 'livenessProbe') !== undefined) continue;
      const message = `container ${container.name} has no liveness probe; expected one`;
      yield { subject: template.subject, field: `${field}.livenessProbe`, message };
    }
  },
};
