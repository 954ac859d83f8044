import type { SourcedObject } from '../../synth/object';
import { namespaceOf } from '../lookup';
import { type PodTemplate, podTemplates } from '../pods';
import { type LabelSelector, selects } from '../selectors';

/** Pod templates of a set, by namespace, for what selects pods by their labels. */
export interface PodsByNamespace {
  /** Namespaces that have at least one template. */
  readonly namespaces: readonly string[];
  /** Templates of a namespace that a selector selects. */
  selected(namespace: string, selector: LabelSelector | undefined): readonly PodTemplate[];
}

export function podsByNamespace(objects: readonly SourcedObject[]): PodsByNamespace {
  const templates = new Map<string, PodTemplate[]>();
  for (const template of podTemplates(objects)) {
    const namespace = namespaceOf(template.subject.object);
    const list = templates.get(namespace);
    if (list === undefined) templates.set(namespace, [template]);
    else list.push(template);
  }
  return {
    namespaces: [...templates.keys()],
    selected: (namespace, selector) => (templates.get(namespace) ?? []).filter(({ labels }) => selects(selector, labels)),
  };
}

/** A selector that restricts nothing selects what will be there as well as what is. */
export function selectsEverything(selector: LabelSelector | undefined): boolean {
  return Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;
}
