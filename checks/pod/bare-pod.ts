import { listAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { isHook } from './kinds';

export const barePod: Check = {
  id: 'bare-pod',
  title: 'Pods are made by a controller that replaces them and rolls out changes.',
  severity: 'warning',
  why: 'A bare Pod is gone with its node; a ReplicaSet or ReplicationController does not roll out a new image.',
  mend: 'Use a Deployment, StatefulSet, DaemonSet or Job.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const { kind, metadata } = template.subject.object;
      if (!['Pod', 'ReplicaSet', 'ReplicationController'].includes(kind) || isHook(template)) continue;
      if (listAt(metadata, 'ownerReferences').length > 0) continue;
      yield {
        subject: template.subject,
        field: 'kind',
        message: `the object is a ${kind}; expected a controller that keeps and updates pods`,
      };
    }
  },
};
