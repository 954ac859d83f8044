import { describe, type SourcedObject } from '../../synth/object';
import { at, listAt, textAt } from '../at';
import type { Check } from '../check';
import { isIngress } from './ingress-rules';

/** No two rules claim one host and path. */
export const ingressConflict: Check = {
  id: 'ingress-conflict',
  title: 'A host and path is claimed by one rule of one Ingress of a class.',
  severity: 'error',
  why: 'Which of the two backends gets the traffic depends on the controller and on which Ingress is older.',
  mend: 'Remove one of the two, or change its host or path.',
  *run(objects) {
    const first = new Map<string, SourcedObject>();
    for (const subject of objects.filter(isIngress)) {
      // A canary repeats the rules of its main Ingress on purpose.
      if (subject.object.metadata.annotations?.['nginx.ingress.kubernetes.io/canary'] === 'true') continue;
      const ingressClass =
        textAt(subject.object, 'spec', 'ingressClassName') ?? subject.object.metadata.annotations?.['kubernetes.io/ingress.class'] ?? '';
      for (const [i, rule] of listAt(subject.object, 'spec', 'rules').entries()) {
        for (const [j, path] of listAt(rule, 'http', 'paths').entries()) {
          const claim = `${textAt(rule, 'host') ?? '*'}${textAt(path, 'path') ?? '/'}`;
          const key = `${ingressClass} ${at(path, 'pathType')} ${claim}`;
          const earlier = first.get(key);
          if (earlier === undefined) first.set(key, subject);
          else
            yield {
              subject,
              field: `spec.rules[${i}].http.paths[${j}]`,
              message: `${claim} is already claimed by ${describe(earlier.object)}`,
            };
        }
      }
    }
  },
};
