import type { Check } from '../check';
import { rulesOf } from './rules';

export const rbacWildcard: Check = {
  id: 'rbac-wildcard',
  title: 'No rule of a role uses the wildcard *.',
  severity: 'error',
  why: 'A wildcard also covers what later versions and new custom resources add, and secrets among the rest.',
  mend: 'List the groups, resources and verbs that are used; a tool that really manages everything is exempted with its reason.',
  *run(objects) {
    for (const rule of objects.flatMap(rulesOf)) {
      for (const name of ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const) {
        if (!rule[name].some((value) => value === '*' || (name === 'resources' && /^\*\/|\/\*$/.test(value)))) continue;
        const about = name === 'apiGroups' || name === 'verbs' ? ` for ${[...rule.resources, ...rule.nonResourceURLs].join(', ')}` : '';
        yield {
          subject: rule.subject,
          field: `${rule.field}.${name}`,
          message: `${name} are ${rule[name].join(', ')}${about}; expected a list without *`,
        };
      }
    }
  },
};
