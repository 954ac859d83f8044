import type { Check } from '../check';
import { givenVerbs, namedResources, type Resources, rulesOf } from './rules';

const WRITE = ['create', 'update', 'patch'];

/** Ways from little to much: what one may then do, on which resources, with which verbs. */
const WAYS: readonly {
  readonly to: string;
  readonly resources: Resources;
  readonly verbs: readonly string[];
  readonly fineByName?: boolean;
}[] = [
  {
    to: 'give any right',
    resources: { 'rbac.authorization.k8s.io': ['roles', 'clusterroles'] },
    verbs: ['escalate', 'bind'],
    fineByName: true,
  },
  {
    to: 'act as someone else',
    resources: { '': ['users', 'groups', 'serviceaccounts'], 'authentication.k8s.io': ['userextras', 'uids'] },
    verbs: ['impersonate'],
    fineByName: true,
  },
  {
    to: 'issue certificates of any user',
    resources: { 'certificates.k8s.io': ['certificatesigningrequests/approval', 'signers'] },
    verbs: ['update', 'patch', 'approve', 'sign'],
    fineByName: true,
  },
  {
    to: 'read and change every object on its way in',
    resources: { 'admissionregistration.k8s.io': ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'] },
    verbs: WRITE,
    fineByName: true,
  },
  { to: 'mount any folder of any node', resources: { '': ['persistentvolumes'] }, verbs: ['create'] },
  { to: 'lower the Pod Security level of a namespace', resources: { '': ['namespaces'] }, verbs: ['update', 'patch'], fineByName: true },
];

export const rbacEscalation: Check = {
  id: 'rbac-escalation',
  title: 'No role lets its holder gain more rights than it gives.',
  severity: 'error',
  why: 'Such a rule is as good as cluster-admin for whoever takes over its holder.',
  mend: 'Remove the verb, or limit it by resourceNames; a controller that needs it is exempted with its reason.',
  *run(objects) {
    for (const rule of objects.flatMap(rulesOf)) {
      for (const { to, resources, verbs, fineByName } of WAYS) {
        const named = namedResources(rule, resources);
        const given = givenVerbs(rule, verbs);
        const limited = fineByName === true && rule.resourceNames.length > 0 && !given.includes('create') && !given.includes('*');
        if (named.length === 0 || given.length === 0 || limited) continue;
        const message = `the rule allows ${given.join(', ')} of ${named.join(', ')}, and so to ${to}; expected no such verb, or resources by name`;
        yield { subject: rule.subject, field: rule.field, message };
      }
    }
  },
};
