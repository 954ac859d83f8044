import { mapAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { describeSelector, type LabelSelector } from '../selectors';
import { podsByNamespace, selectsEverything } from './pods-by-namespace';

/** A PodDisruptionBudget's selector fits a pod template of its namespace. */
export const podDisruptionBudgetSelectsPods: Check = {
  id: 'pod-disruption-budget-selects-pods',
  title: 'Every PodDisruptionBudget selects pods.',
  severity: 'error',
  why: 'It protects nothing: a drain of nodes may evict all pods of the workload at once.',
  mend: 'Use the labels of the workload’s pod template.',
  *run(objects) {
    const pods = podsByNamespace(objects);
    for (const subject of lookup(objects).all('policy', 'PodDisruptionBudget')) {
      const selector = mapAt(subject.object, 'spec', 'selector') as LabelSelector;
      const namespace = namespaceOf(subject.object);
      if (selectsEverything(selector) || pods.selected(namespace, selector).length > 0) continue;
      yield {
        subject,
        field: 'spec.selector',
        message: `selects ${describeSelector(selector)} in namespace ${namespace}, which no pod template has`,
      };
    }
  },
};
