import type { Check } from '../check';
import { givenVerbs, namedResources, rulesOf } from './rules';

const WAYS_IN = {
  '': [
    'pods/exec',
    'pods/attach',
    'pods/portforward',
    'pods/proxy',
    'pods/ephemeralcontainers',
    'services/proxy',
    'nodes/proxy',
    'serviceaccounts/token',
  ],
};

export const rbacEnterPods: Check = {
  id: 'rbac-enter-pods',
  title: 'Roles give no way into running pods, nor tokens of service accounts.',
  severity: 'error',
  why: 'Inside a pod one has its secrets and its rights at AWS, past NetworkPolicies; nodes/proxy even is every pod of a node, past the audit log.',
  mend: 'Remove the resource; give it to people in dev only, or for a time, and exempt that role with its reason.',
  *run(objects) {
    for (const rule of objects.flatMap(rulesOf)) {
      const resources = namedResources(rule, WAYS_IN);
      // A websocket opens with get, so reading is entering.
      const verbs = givenVerbs(rule, ['get', 'create', 'update', 'patch']);
      if (resources.length === 0 || verbs.length === 0) continue;
      yield {
        subject: rule.subject,
        field: rule.field,
        message: `the rule allows ${verbs.join(', ')} of ${resources.join(', ')}; expected none of these`,
      };
    }
  },
};
