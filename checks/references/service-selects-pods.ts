import { mapAt } from '../at';
import type { Check } from '../check';
import { lookup, namespaceOf } from '../lookup';
import { describeSelector } from '../selectors';
import { podsByNamespace } from './pods-by-namespace';

/** A Service's selector fits a pod template of its namespace. */
export const serviceSelectsPods: Check = {
  id: 'service-selects-pods',
  title: 'Every Service with a selector selects pods.',
  severity: 'error',
  why: 'It has no endpoints: every request to it fails.',
  mend: 'Use the labels of the workload’s pod template; exempt a Service whose pods an operator makes.',
  *run(objects) {
    const pods = podsByNamespace(objects);
    for (const subject of lookup(objects).all('', 'Service')) {
      const { selector, type } = mapAt(subject.object, 'spec');
      const matchLabels = mapAt(selector) as Readonly<Record<string, string>>;
      // Without a selector its endpoints are somebody else's work; an ExternalName has none.
      if (Object.keys(matchLabels).length === 0 || type === 'ExternalName') continue;
      const namespace = namespaceOf(subject.object);
      if (pods.selected(namespace, { matchLabels }).length > 0) continue;
      const labels = describeSelector({ matchLabels });
      yield { subject, field: 'spec.selector', message: `selects ${labels} in namespace ${namespace}, which no pod template has` };
    }
  },
};
