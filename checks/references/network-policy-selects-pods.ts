import { mapAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { describeSelector, type LabelSelector, selects } from '../selectors';
import { podsByNamespace, selectsEverything } from './pods-by-namespace';

/** A NetworkPolicy's selector fits a pod template of its namespace. */
export const networkPolicySelectsPods: Check = {
  id: 'network-policy-selects-pods',
  title: 'Every NetworkPolicy applies to pods.',
  severity: 'error',
  why: 'It protects nothing: the pods that it was meant for stay as open, or as closed, as the other policies leave them.',
  mend: 'Use the labels of the workload’s pod template, or an empty podSelector for all pods of the namespace.',
  *run(objects, { foreignPods = [] }) {
    const pods = podsByNamespace(objects);
    for (const subject of lookup(objects).all('networking.k8s.io', 'NetworkPolicy')) {
      const selector = mapAt(subject.object, 'spec', 'podSelector') as LabelSelector;
      const namespace = namespaceOf(subject.object);
      if (selectsEverything(selector) || pods.selected(namespace, selector).length > 0) continue;
      // Pods of a pinned chart, which nothing here renders.
      if (foreignPods.some((foreign) => foreign.namespace === namespace && selects(selector, foreign.labels))) continue;
      yield {
        subject,
        field: 'spec.podSelector',
        message: `selects ${describeSelector(selector)} in namespace ${namespace}, which no pod template has`,
      };
    }
  },
};
