import { at, listAt } from '../at';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import type { PodTemplate } from '../pods';
import type { LabelSelector } from '../selectors';
import { isNetworkPolicy } from './network-policy-rules';

/** Some NetworkPolicy says who may call a pod. */
export const podIsolation: Check = {
  id: 'pod-isolation',
  title: 'Every pod is selected by a NetworkPolicy for incoming traffic.',
  severity: 'warning',
  why: 'Every pod of the cluster can call it, so one that is taken over reaches everything.',
  mend: 'Add a default deny to the namespace (an empty podSelector without rules) and policies for the calls that are meant.',
  *run(objects) {
    const index = podIndex(objects);
    const isolated = new Set<PodTemplate>();
    const withPolicy = new Set<string>();
    for (const { object } of objects.filter(isNetworkPolicy)) {
      const namespace = namespaceOf(object);
      withPolicy.add(namespace);
      const types = listAt(object, 'spec', 'policyTypes');
      if (types.length > 0 && !types.includes('Ingress')) continue;
      const selector = (at(object, 'spec', 'podSelector') ?? {}) as LabelSelector;
      for (const template of index.select(namespace, selector)) isolated.add(template);
    }
    // Where there is no policy at all, one finding says so for the whole namespace.
    const bare = new Map<string, PodTemplate[]>();
    for (const template of index.templates) {
      // Pods on the host's network are outside of every policy.
      if (isolated.has(template) || template.spec.hostNetwork === true) continue;
      const namespace = namespaceOf(template.subject.object);
      if (withPolicy.has(namespace))
        yield { subject: template.subject, message: `no NetworkPolicy of namespace ${namespace} selects its pods` };
      else if (bare.has(namespace)) bare.get(namespace)?.push(template);
      else bare.set(namespace, [template]);
    }
    for (const [namespace, [first, ...others]] of bare) {
      if (first === undefined) continue;
      const rest = others.length === 0 ? '' : ` (nor those of ${others.length} more)`;
      yield { subject: first.subject, message: `namespace ${namespace} has no NetworkPolicy, so nothing isolates its pods${rest}` };
    }
  },
};
