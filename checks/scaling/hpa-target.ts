import { textAt } from '../at';
import { isAutoscaler, scalingOf } from '../autoscalers';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';

const NOT_SCALABLE = new Set(['Job', 'CronJob', 'DaemonSet', 'Pod', 'Service']);

/** An autoscaler scales something that can be scaled, and alone. */
export const hpaTarget: Check = {
  id: 'hpa-target',
  title: 'An autoscaler targets a kind that can be scaled, and no other autoscaler targets the same object.',
  severity: 'error',
  why: 'Two autoscalers on one object undo each other, and one on a kind without a scale subresource does nothing.',
  mend: 'Keep one autoscaler per Deployment, StatefulSet or Rollout; one autoscaler can have several metrics.',
  *run(objects) {
    const field = 'spec.scaleTargetRef';
    const first = new Map<string, string>();
    for (const subject of objects) {
      if (!isAutoscaler(subject.object) || textAt(subject.object, 'spec', 'scaleTargetRef', 'name') !== undefined) continue;
      yield { subject, field: `${field}.name`, message: 'scaleTargetRef.name is missing, expected the name of the object to scale' };
    }
    for (const { subject, target } of scalingOf(objects).autoscalers) {
      if (NOT_SCALABLE.has(target.kind)) {
        yield { subject, field: `${field}.kind`, message: `the target is a ${target.kind}, which has no scale subresource` };
        continue;
      }
      const key = `${target.group}/${target.kind} ${namespaceOf(subject.object)}/${target.name}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, `${subject.object.kind} ${subject.object.metadata.name} (${subject.source})`);
      else yield { subject, field, message: `${target.kind} ${target.name} is already scaled by ${earlier}` };
    }
  },
};
