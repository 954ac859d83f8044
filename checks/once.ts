import type { SourcedObject } from '../synth/object';

/** The same function, which works once per set of objects (that must not change afterwards): many checks ask for the same. */
export function oncePerSet<Result>(make: (objects: readonly SourcedObject[]) => Result): (objects: readonly SourcedObject[]) => Result {
  const known = new WeakMap<readonly SourcedObject[], { readonly result: Result }>();
  return (objects) => {
    let entry = known.get(objects);
    if (entry === undefined) {
      entry = { result: make(objects) };
      known.set(objects, entry);
    }
    return entry.result;
  };
}
