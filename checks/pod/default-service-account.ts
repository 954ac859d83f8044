import { at, textAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { specField } from '../security/standard/control';

/** The old field counts: the API server copies it. */
export const defaultServiceAccount: Check = {
  id: 'default-service-account',
  title: 'Every workload runs as a service account of its own, not as default.',
  severity: 'error',
  why: 'Whatever is once given to default (RBAC, an IAM role, a mesh policy) is given to every such pod of the namespace.',
  mend: 'Make a ServiceAccount for the workload and name it in serviceAccountName.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const name = textAt(template.spec, 'serviceAccountName') ?? textAt(template.spec, 'serviceAccount');
      if (name !== undefined && name !== 'default') continue;
      const found = at(template.spec, 'serviceAccountName') === undefined ? 'unset, which means default' : 'default';
      const message = `serviceAccountName is ${found}; expected a service account of the workload's own`;
      yield { subject: template.subject, field: `${specField(template)}.serviceAccountName`, message };
    }
  },
};
