import type { SourcedObject } from '../synth/object';
import { namespaceOf } from './lookup';
import { type PodTemplate, podTemplates } from './pods';
import { type LabelSelector, selects } from './selectors';

/** Pod templates of a set, found by namespace and labels without looking at all of them. */
export interface PodIndex {
  readonly templates: readonly PodTemplate[];
  inNamespace(namespace: string): readonly PodTemplate[];
  /** Templates in a namespace whose pods a label selector selects. */
  select(namespace: string, selector: LabelSelector | undefined): readonly PodTemplate[];
  /** The template of an object, if it makes pods. */
  of(subject: SourcedObject): PodTemplate | undefined;
}

const cache = new WeakMap<readonly SourcedObject[], PodIndex>();

/** The index of a set of objects; made once per set. */
export function podIndex(objects: readonly SourcedObject[]): PodIndex {
  const known = cache.get(objects);
  if (known !== undefined) return known;
  const made = build(objects);
  cache.set(objects, made);
  return made;
}

function build(objects: readonly SourcedObject[]): PodIndex {
  const templates = podTemplates(objects);
  const byNamespace = new Map<string, PodTemplate[]>();
  const byLabel = new Map<string, PodTemplate[]>();
  const bySubject = new Map<SourcedObject, PodTemplate>();
  for (const template of templates) {
    const namespace = namespaceOf(template.subject.object);
    bySubject.set(template.subject, template);
    push(byNamespace, namespace, template);
    for (const [key, value] of Object.entries(template.labels)) push(byLabel, `${namespace}/${key}=${value}`, template);
  }
  return {
    templates,
    inNamespace: (namespace) => byNamespace.get(namespace) ?? [],
    of: (subject) => bySubject.get(subject),
    select(namespace, selector) {
      // Any pair of matchLabels bounds the candidates; the rarest bounds them best.
      let candidates: readonly PodTemplate[] = byNamespace.get(namespace) ?? [];
      for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) {
        const having = byLabel.get(`${namespace}/${key}=${value}`) ?? [];
        if (having.length < candidates.length) candidates = having;
      }
      return candidates.filter((template) => selects(selector, template.labels));
    },
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
