import { describe, type SourcedObject } from '../../synth/object';
import { at, mapAt } from '../at';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import { describeSelector, type LabelSelector, selects } from '../selectors';

const KINDS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout', 'ReplicationController']);

/** No pod is selected by two controllers. */
export const selectorOverlap: Check = {
  id: 'selector-overlap',
  title: 'No two workloads of a namespace select the pods of one template.',
  severity: 'error',
  why: 'An autoscaler counts the pods of both, and each controller adopts what loses its owner at the other: the two fight over them.',
  mend: 'Give each workload a selector of its own, with a label that only its pods have, as app.kubernetes.io/name. A selector cannot be changed later: the workload is made anew.',
  *run(objects) {
    const index = podIndex(objects);
    for (const subject of objects) {
      const selector = selectorOf(subject);
      // A Rollout without a template manages the pods of the Deployment that it names.
      if (selector === undefined || index.of(subject) === undefined) continue;
      for (const template of index.select(namespaceOf(subject.object), selector)) {
        const other = template.subject;
        const theirs = selectorOf(other);
        // Pods that their own workload does not select are the finding of selector-matches-template.
        if (other === subject || theirs === undefined || !selects(theirs, template.labels)) continue;
        yield {
          subject,
          field: 'spec.selector',
          message: `selects ${describeSelector(selector)}, so the pods of ${describe(other.object)} too`,
        };
      }
    }
  },
};

/** What a controller selects; undefined for what is none, and for an empty selector, which `selector-matches-template` reports. */
function selectorOf({ object }: SourcedObject): LabelSelector | undefined {
  if (!KINDS.has(object.kind)) return undefined;
  // A ReplicationController has a plain map, and takes its template's labels where it has none.
  const plain = object.kind === 'ReplicationController';
  const selector: LabelSelector = plain
    ? {
        matchLabels: (at(object, 'spec', 'selector') ??
          at(object, 'spec', 'template', 'metadata', 'labels')) as LabelSelector['matchLabels'],
      }
    : mapAt(object, 'spec', 'selector');
  return describeSelector(selector) === 'everything' ? undefined : selector;
}
