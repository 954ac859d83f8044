import type { Check } from '../check';
import { givenVerbs, namedResources, rulesOf } from './rules';

/** Everything that holds a pod template. */
const WORKLOADS = {
  '': ['pods', 'replicationcontrollers', 'podtemplates'],
  apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  batch: ['jobs', 'cronjobs'],
  'argoproj.io': ['rollouts'],
};

export const rbacCreatePods: Check = {
  id: 'rbac-create-pods',
  title: 'Roles do not allow to create or change pods and what makes pods.',
  severity: 'warning',
  why: 'Whoever makes pods can mount every Secret and act as every service account of the namespace; and what Argo CD did not make, it does not manage.',
  mend: 'Let changes go through git; for a controller that makes pods, exempt the role and say which.',
  *run(objects) {
    for (const rule of objects.flatMap(rulesOf)) {
      const resources = namedResources(rule, WORKLOADS);
      const verbs = givenVerbs(rule, ['create', 'update', 'patch']);
      if (resources.length === 0 || verbs.length === 0) continue;
      yield {
        subject: rule.subject,
        field: rule.field,
        message: `the rule allows ${verbs.join(', ')} of ${resources.join(', ')}; expected get, list or watch`,
      };
    }
  },
};
