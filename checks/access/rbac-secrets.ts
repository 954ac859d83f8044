import type { Check } from '../check';
import { givenVerbs, namedResources, rulesOf } from './rules';

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/** These cannot be limited by name. */
const FOR_ALL_NAMES = ['create', 'deletecollection', '*'];

/** To read the Secrets that are listed by name is what least privilege looks like, so it passes. */
export const rbacSecrets: Check = {
  id: 'rbac-secrets',
  title: 'Roles give access to Secrets only by name.',
  severity: 'error',
  why: 'Whoever reads Secrets has every password and token of the namespace, or of the cluster; listing them shows their content too.',
  mend: 'Mount the Secret instead of reading it from the API, or list the Secrets in resourceNames; an operator of secrets is exempted with its reason.',
  *run(objects) {
    for (const rule of objects.flatMap(rulesOf)) {
      if (namedResources(rule, { '': ['secrets'] }).length === 0) continue;
      const verbs = givenVerbs(rule, VERBS).filter((verb) => rule.resourceNames.length === 0 || FOR_ALL_NAMES.includes(verb));
      if (verbs.length === 0) continue;
      yield {
        subject: rule.subject,
        field: rule.field,
        message: `the rule allows ${verbs.join(', ')} of all Secrets; expected none, or Secrets by name`,
      };
    }
  },
};
