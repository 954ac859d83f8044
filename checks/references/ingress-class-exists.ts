import { textAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';

/** IngressClasses that Ingresses name are there. */
export const ingressClassExists: Check = {
  id: 'ingress-class-exists',
  title: 'Every IngressClass that an Ingress names exists.',
  severity: 'error',
  why: 'No controller takes the Ingress: its hosts answer nothing, and nothing reports an error.',
  mend: 'Correct spec.ingressClassName, render the IngressClass, or list it among the facts as existing.',
  needs: ['existing'],
  *run(objects, facts) {
    const all = lookup(objects, facts);
    for (const subject of all.all('networking.k8s.io', 'Ingress')) {
      const name = textAt(subject.object, 'spec', 'ingressClassName');
      if (name === undefined || all.exists('networking.k8s.io', 'IngressClass', name)) continue;
      yield { subject, field: 'spec.ingressClassName', message: `names IngressClass ${name}, which does not exist` };
    }
  },
};
