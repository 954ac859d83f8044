import { at, listAt, shown, textAt } from '../at';
import { isAutoscaler } from '../autoscalers';
import type { Check } from '../check';

/** Minimum and maximum of an autoscaler are numbers that leave it room. */
export const hpaBounds: Check = {
  id: 'hpa-bounds',
  title: 'An autoscaler has 1 <= minReplicas <= maxReplicas.',
  severity: 'error',
  why: 'The API server refuses the object, so the workload keeps the number of pods that it had.',
  mend: 'Set minReplicas and maxReplicas so that 1 <= minReplicas <= maxReplicas.',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      if (!isAutoscaler(object)) continue;
      const keda = object.kind === 'ScaledObject';
      const [minField, maxField] = keda ? ['minReplicaCount', 'maxReplicaCount'] : ['minReplicas', 'maxReplicas'];
      const max = at(object, 'spec', maxField) ?? (keda ? 100 : undefined);
      const min = at(object, 'spec', minField) ?? (keda ? 0 : 1);
      // Zero pods show no cpu: only metrics from outside the pods can tell when to start again.
      const outside = listAt(object, 'spec', 'metrics').some((metric) => ['External', 'Object'].includes(textAt(metric, 'type') ?? ''));
      const least = keda || outside ? 0 : 1;
      if (typeof max !== 'number' || max < 1 || !Number.isInteger(max)) {
        yield { subject, field: `spec.${maxField}`, message: `${maxField} is ${shown(max)}, expected an integer of at least 1` };
      } else if (typeof min !== 'number' || min < least || !Number.isInteger(min)) {
        yield { subject, field: `spec.${minField}`, message: `${minField} is ${shown(min)}, expected an integer of at least ${least}` };
      } else if (min > max) {
        yield { subject, field: `spec.${minField}`, message: `${minField} is ${min}, more than ${maxField} ${max}` };
      }
    }
  },
};
