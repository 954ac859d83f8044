import { mapAt } from '../at';
import type { Check } from '../check';
import { podTemplates } from '../pods';
import { describeSelector, type LabelSelector, selects } from '../selectors';

const KINDS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout', 'ReplicationController']);

/** A workload's selector fits the pods that its template makes. */
export const selectorMatchesTemplate: Check = {
  id: 'selector-matches-template',
  title: 'The selector of every workload is not empty and selects the pods of its own template.',
  severity: 'error',
  why: 'The API server refuses the workload; a controller that took it would make pods without end.',
  mend: 'Put every label of spec.selector on spec.template.metadata.labels; a selector cannot be changed later.',
  *run(objects) {
    for (const { subject, labels } of podTemplates(objects)) {
      const { kind } = subject.object;
      if (!KINDS.has(kind)) continue;
      const written = mapAt(subject.object, 'spec').selector;
      // A ReplicationController has a plain map, and takes its template's labels where it has none.
      if (kind === 'ReplicationController' && written === undefined) continue;
      const selector = (kind === 'ReplicationController' ? { matchLabels: written } : mapAt(written)) as LabelSelector;
      const empty = Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
      if (empty) yield { subject, field: 'spec.selector', message: `the selector is ${written === undefined ? 'missing' : 'empty'}` };
      else if (!selects(selector, labels)) {
        const has = describeSelector({ matchLabels: labels });
        yield {
          subject,
          field: 'spec.selector',
          message: `selects ${describeSelector(selector)}, but the pods have ${has === 'everything' ? 'no labels' : has}`,
        };
      }
    }
  },
};
