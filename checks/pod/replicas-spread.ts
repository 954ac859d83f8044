import { listAt } from '../at';
import { scalingOf } from '../autoscalers';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { specField } from '../security/standard/control';
import { isLongRunning } from './kinds';

/** A DaemonSet is spread by what it is. */
export const replicasSpread: Check = {
  id: 'replicas-spread',
  title: 'Pods of a workload with several replicas are kept apart.',
  severity: 'warning',
  why: 'The scheduler may put all of them on one node or into one zone, and they go down together.',
  mend: 'Add topologySpreadConstraints over topology.kubernetes.io/zone and kubernetes.io/hostname, or pod anti-affinity.',
  *run(objects) {
    const scaling = scalingOf(objects);
    for (const template of podIndex(objects).templates) {
      const { subject, spec } = template;
      if (!isLongRunning(template) || subject.object.kind === 'DaemonSet') continue;
      const replicas = scaling.replicasOf(subject).min;
      const rules = [
        ...listAt(spec, 'topologySpreadConstraints'),
        ...listAt(spec, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'),
        ...listAt(spec, 'affinity', 'podAntiAffinity', 'preferredDuringSchedulingIgnoredDuringExecution'),
      ];
      if (replicas < 2 || rules.length > 0) continue;
      const message = `at least ${replicas} pods and nothing that keeps them apart; expected topologySpreadConstraints`;
      yield { subject, field: `${specField(template)}.topologySpreadConstraints`, message };
    }
  },
};
