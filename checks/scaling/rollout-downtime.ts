import { at, shown, textAt } from '../at';
import { scalingOf } from '../autoscalers';
import type { Check } from '../check';
import { podIndex } from '../pod-index';

/** A new version comes up before the old one is gone. */
export const rolloutDowntime: Check = {
  id: 'rollout-downtime',
  title: 'A rollout of a Deployment can proceed and keeps at least one pod serving.',
  severity: 'warning',
  why: 'Between the end of the last old pod and the readiness of the first new one nothing answers.',
  mend: 'Use strategy RollingUpdate with maxUnavailable: 0 and maxSurge: 1 or more.',
  *run(objects) {
    const scaling = scalingOf(objects);
    for (const { subject, spec } of podIndex(objects).templates) {
      const { object } = subject;
      if (object.kind !== 'Deployment') continue;
      const replicas = scaling.replicasOf(subject).min;
      const type = textAt(object, 'spec', 'strategy', 'type') ?? 'RollingUpdate';
      if (type === 'Recreate') {
        // A volume that one node holds must be let go before the next pod can have it.
        const claims = (spec.volumes ?? []).some((volume) => volume.persistentVolumeClaim !== undefined);
        if (!claims)
          yield { subject, field: 'spec.strategy.type', message: 'strategy Recreate ends all old pods before it starts a new one' };
        continue;
      }
      const unavailable = at(object, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%';
      const surge = at(object, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%';
      const field = 'spec.strategy.rollingUpdate.maxUnavailable';
      if (isZero(unavailable) && isZero(surge)) {
        const why = 'The API server refuses the Deployment: it could neither add a pod nor remove one.';
        yield {
          subject,
          field,
          severity: 'error',
          message: 'maxUnavailable and maxSurge are both 0, expected one of them to be more',
          why,
        };
      } else if (replicas > 0 && resolve(unavailable, replicas) >= replicas) {
        yield {
          subject,
          field,
          message: `maxUnavailable is ${shown(unavailable)}, and at the minimum of ${replicas} pods that is all of them`,
        };
      }
    }
  },
};

function isZero(value: unknown): boolean {
  return value === 0 || value === '0%';
}

/** The controller rounds a percentage for maxUnavailable down. */
function resolve(value: unknown, replicas: number): number {
  const percent = /^(\d+)%$/.exec(String(value));
  return percent === null ? Number(value) : Math.floor((replicas * Number(percent[1])) / 100);
}
