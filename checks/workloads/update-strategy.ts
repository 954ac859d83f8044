import { at, numberAt, shown, textAt } from '../at';
import type { Check } from '../check';

const TYPES: Readonly<Record<string, { readonly member: string; readonly types: readonly string[] }>> = {
  Deployment: { member: 'strategy', types: ['RollingUpdate', 'Recreate'] },
  StatefulSet: { member: 'updateStrategy', types: ['RollingUpdate', 'OnDelete'] },
  DaemonSet: { member: 'updateStrategy', types: ['RollingUpdate', 'OnDelete'] },
};

/** The settings of an update fit each other. */
export const updateStrategy: Check = {
  id: 'update-strategy',
  title: 'An update strategy is known, only a rolling one has rollingUpdate, and the deadline leaves time for minReadySeconds.',
  severity: 'error',
  why: 'The API server refuses the object.',
  mend: 'Use type RollingUpdate, or remove rollingUpdate.',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      const known = object.apiVersion === 'apps/v1' ? TYPES[object.kind] : undefined;
      if (known === undefined) continue;
      const { member, types } = known;
      const type = textAt(object, 'spec', member, 'type') ?? 'RollingUpdate';
      if (!types.includes(type)) {
        const message = `the strategy is ${shown(type)}, expected ${types.join(' or ')}`;
        yield { subject, field: `spec.${member}.type`, message, mend: `Use ${types.join(' or ')}.` };
      } else if (type !== 'RollingUpdate' && at(object, 'spec', member, 'rollingUpdate') !== undefined) {
        yield { subject, field: `spec.${member}.rollingUpdate`, message: `the strategy is ${type}, but rollingUpdate is set` };
      }
      if (object.kind !== 'Deployment') continue;
      const deadline = numberAt(object, 'spec', 'progressDeadlineSeconds') ?? 600;
      const ready = numberAt(object, 'spec', 'minReadySeconds') ?? 0;
      if (deadline <= ready) {
        const message = `progressDeadlineSeconds is ${deadline}, expected more than minReadySeconds ${ready}`;
        const mend = 'Raise progressDeadlineSeconds or lower minReadySeconds.';
        yield { subject, field: 'spec.progressDeadlineSeconds', message, mend };
      }
    }
  },
};
