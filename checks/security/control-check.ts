import type { Check } from '../check';
import { minorOf } from '../kubernetes-minor';
import { lookup, namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import { type ControlId, violationsOf } from './standard/evaluate';
import { heldLevel } from './standard/namespace-level';

/** A check that holds pod templates to one control of the Pod Security Standards, at the level that their namespace asks for. */
export function controlCheck(check: {
  readonly id: ControlId;
  readonly title: string;
  readonly why: string;
  readonly mend: string;
}): Check {
  return {
    ...check,
    severity: 'error',
    *run(objects, facts) {
      const index = lookup(objects);
      const minor = minorOf(facts.kubernetes);
      for (const template of podIndex(objects).templates) {
        const namespace = namespaceOf(template.subject.object);
        const { level, because } = heldLevel(index.find('', 'Namespace', namespace)?.object, namespace);
        for (const { field, found, expected } of violationsOf(check.id, template, level, minor)) {
          const name = field.split('securityContext.')[1] ?? field.replace(/^.*\.(?=[^.\]]*$)/, '').replace(/^.*\/(.*)'\]$/, '$1');
          yield { subject: template.subject, field, message: `${name} is ${found}; ${level} expects ${expected} (${because})` };
        }
      }
    },
  };
}
