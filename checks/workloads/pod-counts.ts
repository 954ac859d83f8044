import { at, mapAt, shown } from '../at';
import type { Check, Report } from '../check';

/** Maps whose members are a number of pods or a percentage of them. */
const MAPS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Deployment: [['spec', 'strategy', 'rollingUpdate']],
  DaemonSet: [['spec', 'updateStrategy', 'rollingUpdate']],
  StatefulSet: [['spec', 'updateStrategy', 'rollingUpdate']],
  Rollout: [['spec', 'strategy', 'canary']],
  PodDisruptionBudget: [['spec']],
};
const MEMBERS = ['maxUnavailable', 'maxSurge', 'minAvailable'];

/** A number or text that was wrapped renders as a map, or not at all. */
export const podCounts: Check = {
  id: 'pod-counts',
  title: 'Numbers of pods in budgets and rollouts are whole numbers or percentages, and every budget has one.',
  severity: 'error',
  why: 'The API server refuses the object.',
  mend: 'Write 1 or 25% as a plain value: in code IntOrString.fromNumber(1) for a typed object, 1 for a plain one.',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      for (const path of MAPS[object.kind] ?? []) {
        const map = mapAt(object, ...path);
        for (const member of MEMBERS) {
          const value = at(map, member);
          if (value !== undefined && !isCount(value)) {
            yield {
              subject,
              field: `${path.join('.')}.${member}`,
              message: `${member} is ${shown(value)}, expected a number or a percentage`,
            };
          }
        }
      }
      if (object.kind === 'PodDisruptionBudget') yield* empty(subject);
    }
  },
};

function* empty(subject: Report['subject']): Iterable<Report> {
  const spec = mapAt(subject.object, 'spec');
  if (at(spec, 'minAvailable') !== undefined || at(spec, 'maxUnavailable') !== undefined) return;
  yield {
    subject,
    field: 'spec',
    message: 'the budget has neither minAvailable nor maxUnavailable',
    why: 'It protects nothing: all its pods may be evicted at once.',
    mend: 'Set maxUnavailable: 1.',
  };
}

function isCount(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0;
  return typeof value === 'string' && /^\d+%$/.test(value);
}
