import type { KubeObject } from '../../synth/object';
import { at } from '../at';

/** How many pods a rollout adds to those that a workload has, at most. */
export function surgeOf(object: KubeObject, replicas: number): number {
  switch (object.kind) {
    case 'Deployment':
      if (at(object, 'spec', 'strategy', 'type') === 'Recreate') return 0;
      return share(at(object, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%', replicas);
    case 'Rollout':
      // Blue and green stand beside each other.
      if (at(object, 'spec', 'strategy', 'blueGreen') !== undefined) return replicas;
      return share(at(object, 'spec', 'strategy', 'canary', 'maxSurge') ?? '25%', replicas);
    case 'DaemonSet':
      return share(at(object, 'spec', 'updateStrategy', 'rollingUpdate', 'maxSurge') ?? 0, replicas);
    default:
      return 0;
  }
}

/** The controllers round a percentage of surge up. */
function share(value: unknown, replicas: number): number {
  const percent = /^(\d+)%$/.exec(String(value));
  if (percent !== null) return Math.ceil((replicas * Number(percent[1])) / 100);
  return typeof value === 'number' ? value : 0;
}
