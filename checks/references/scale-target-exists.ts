import { mapAt, textAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';

const SCALERS = [
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', field: 'scaleTargetRef' },
  { group: 'autoscaling.k8s.io', kind: 'VerticalPodAutoscaler', field: 'targetRef' },
  { group: 'keda.sh', kind: 'ScaledObject', field: 'scaleTargetRef' },
];

/** What autoscalers scale is there. */
export const scaleTargetExists: Check = {
  id: 'scale-target-exists',
  title: 'Every workload that an autoscaler scales exists, with that API group and kind.',
  severity: 'error',
  why: 'The autoscaler does nothing (FailedGetScale), and the workload keeps the replicas that it has.',
  mend: 'Correct apiVersion, kind or name of the target.',
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const scaler of SCALERS) {
      for (const subject of all.all(scaler.group, scaler.kind)) {
        const target = mapAt(subject.object, 'spec', scaler.field);
        const name = textAt(target, 'name');
        // KEDA's defaults; the API server would refuse the others without a kind.
        const { apiVersion = 'apps/v1', kind = 'Deployment' } = target;
        if (name === undefined) continue;
        const group = String(apiVersion).includes('/') ? String(apiVersion).split('/', 1).join() : '';
        const namespace = namespaceOf(subject.object);
        if (all.exists(group, String(kind), name, namespace)) continue;
        yield {
          subject,
          field: `spec.${scaler.field}`,
          message: `scales ${kind} ${namespace}/${name} (${apiVersion}), which does not exist`,
        };
      }
    }
  },
};
