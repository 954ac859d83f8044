import { groupOf, type KubeObject, type SourcedObject } from '../synth/object';
import type { ClusterFacts } from './facts';

/** Finds the objects of one cluster by what others refer to them with. */
export interface Lookup {
  /** Every object of a kind, in order. */
  all(group: string, kind: string): readonly SourcedObject[];
  /** The object of that name; for a cluster-scoped kind leave out the namespace. */
  find(group: string, kind: string, name: string, namespace?: string): SourcedObject | undefined;
  /** Is it among the objects, or among `facts.existing` (which knows no groups)? */
  exists(group: string, kind: string, name: string, namespace?: string): boolean;
  /** Is it among `facts.existing`, so that its content is not known? */
  existsOutside(kind: string, name: string, namespace?: string): boolean;
}

/** Namespace in which a namespaced object is created: `default` where it says none. */
export function namespaceOf(object: KubeObject): string {
  return object.metadata.namespace ?? 'default';
}

interface Index {
  readonly byName: ReadonlyMap<string, SourcedObject>;
  readonly byKind: ReadonlyMap<string, readonly SourcedObject[]>;
}

/** Most checks ask for the index of the same set. */
const indexes = new WeakMap<readonly SourcedObject[], Index>();

/** An index of all objects of a set (which must not change afterwards) and of those that facts say exist beside them. */
export function lookup(objects: readonly SourcedObject[], facts: Partial<ClusterFacts> = {}): Lookup {
  let index = indexes.get(objects);
  if (index === undefined) {
    index = indexOf(objects);
    indexes.set(objects, index);
  }
  const { byName, byKind } = index;
  const existing = new Set(facts.existing);
  const find = (group: string, kind: string, name: string, namespace = 'default') => byName.get(`${group}/${kind} ${namespace}/${name}`);
  const existsOutside = (kind: string, name: string, namespace?: string) =>
    existing.has(`${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`);
  return {
    all: (group, kind) => byKind.get(`${group}/${kind}`) ?? [],
    find,
    existsOutside,
    exists: (group, kind, name, namespace) => find(group, kind, name, namespace) !== undefined || existsOutside(kind, name, namespace),
  };
}

function indexOf(objects: readonly SourcedObject[]): Index {
  const byName = new Map<string, SourcedObject>();
  const byKind = new Map<string, SourcedObject[]>();
  for (const subject of objects) {
    const { object } = subject;
    const kind = `${groupOf(object)}/${object.kind}`;
    byName.set(`${kind} ${namespaceOf(object)}/${object.metadata.name}`, subject);
    const list = byKind.get(kind);
    if (list === undefined) byKind.set(kind, [subject]);
    else list.push(subject);
  }
  return { byName, byKind };
}
