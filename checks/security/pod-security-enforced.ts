import type { Check } from '../check';
import { minorOf } from '../kubernetes-minor';
import { lookup, namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import { evaluate } from './standard/evaluate';
import { declaredLevel, LABEL } from './standard/namespace-level';

/** What the API server would refuse. Unlike the check of each control, an exemption cannot make these pods run. */
export const podSecurityEnforced: Check = {
  id: 'pod-security-enforced',
  title: 'Pods meet the Pod Security level that their Namespace enforces.',
  severity: 'error',
  why: 'The API server refuses these pods: the workload is created and stays at zero pods.',
  mend: 'Change the fields that are named, or move the workload to a Namespace that enforces less.',
  *run(objects, facts) {
    const index = lookup(objects);
    for (const template of podIndex(objects).templates) {
      const name = namespaceOf(template.subject.object);
      const namespace = index.find('', 'Namespace', name)?.object;
      const level = namespace && declaredLevel(namespace, 'enforce');
      if (namespace === undefined || level === undefined) continue;
      const minor = minorOf(namespace.metadata.labels?.[`${LABEL}enforce-version`]) ?? minorOf(facts.kubernetes);
      const violations = evaluate(template, level, minor);
      if (violations.length === 0) continue;
      const list = violations.map(({ field, found, expected }) => `${field} is ${found}, expected ${expected}`).join('; ');
      const field = template.field === '' ? 'spec' : template.field;
      yield { subject: template.subject, field, message: `Namespace ${name} enforces ${level}, which refuses the pods: ${list}` };
    }
  },
};
