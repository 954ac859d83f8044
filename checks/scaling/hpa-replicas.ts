import { describe } from '../../synth/object';
import { at } from '../at';
import { scalingOf } from '../autoscalers';
import type { Check } from '../check';

/** What an autoscaler scales says no number of replicas itself. */
export const hpaReplicas: Check = {
  id: 'hpa-replicas',
  title: 'A workload with an autoscaler renders no spec.replicas.',
  severity: 'error',
  why: 'Every sync sets the workload back to that number, and the autoscaler moves it away again: pods are killed under load.',
  mend: 'Remove spec.replicas; what should run at least is the minimum of the autoscaler.',
  *run(objects) {
    for (const { subject, scaled } of scalingOf(objects).autoscalers) {
      const replicas = at(scaled?.object, 'spec', 'replicas');
      if (scaled === undefined || replicas === undefined) continue;
      yield { subject: scaled, field: 'spec.replicas', message: `spec.replicas is ${replicas}, but ${describe(subject.object)} scales it` };
    }
  },
};
