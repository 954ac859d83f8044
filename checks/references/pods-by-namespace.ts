import type { SourcedObject } from '../../synth/object';
import { podIndex } from '../pod-index';
import type { PodTemplate } from '../pods';
import type { LabelSelector } from '../selectors';

/** Pod templates of a set, by namespace, for what selects pods by their labels. */
export interface PodsByNamespace {
  /** Namespaces that have at least one template. */
  readonly namespaces: readonly string[];
  /** Templates of a namespace that a selector selects. */
  selected(namespace: string, selector: LabelSelector | undefined): readonly PodTemplate[];
}

export function podsByNamespace(objects: readonly SourcedObject[]): PodsByNamespace {
  const { namespaces, select } = podIndex(objects);
  return { namespaces, selected: select };
}

/** A selector that restricts nothing selects what will be there as well as what is. */
export function selectsEverything(selector: LabelSelector | undefined): boolean {
  return Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;
}
