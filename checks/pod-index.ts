import type { SourcedObject } from '../synth/object';
import { type LabelIndex, labelIndex } from './label-index';
import { namespaceOf } from './lookup';
import { type PodTemplate, podTemplates } from './pods';

/** Pod templates of a set, found by namespace and labels without looking at all of them. */
export interface PodIndex extends LabelIndex<PodTemplate> {
  readonly templates: readonly PodTemplate[];
  /** The template of an object, if it makes pods. */
  of(subject: SourcedObject): PodTemplate | undefined;
}

const cache = new WeakMap<readonly SourcedObject[], PodIndex>();

/** The index of a set of objects; made once per set. */
export function podIndex(objects: readonly SourcedObject[]): PodIndex {
  const known = cache.get(objects);
  if (known !== undefined) return known;
  const templates = podTemplates(objects);
  const bySubject = new Map(templates.map((template) => [template.subject, template]));
  const labelled = labelIndex(templates, ({ subject, labels }) => ({ namespace: namespaceOf(subject.object), labels }));
  const made: PodIndex = { ...labelled, templates, of: (subject) => bySubject.get(subject) };
  cache.set(objects, made);
  return made;
}
