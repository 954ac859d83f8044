import { isPlainObject } from './merge';
import type { Value } from './value';

/** A value that is taken whole. */
export const leaf: Leaf = 'leaf';
type Leaf = 'leaf';

/**
 * The fields of a type, as data: `leaf` for what is taken whole, `each` for a map whose keys are free. The compiler asks for every field
 * of the type and refuses any other, so that this cannot fall behind.
 */
export type Fields<T> = Leaf | { readonly each: FieldTree } | { readonly [K in keyof T]-?: Fields<Exclude<NonNullable<T[K]>, Value>> };

/** As {@link Fields}, once the type does not matter. */
export type FieldTree = Leaf | { readonly [field: string]: FieldTree };

/**
 * Fields that a type does not have. The compiler refuses them first, but `synth` runs without it.
 * @param path - where the value stands, for messages, as `gateway`
 * @param where - where its name can be corrected, as `in apps/`
 * @returns a problem for each, with the fields that there are
 */
export function* unknownFields(value: unknown, tree: FieldTree, path: string, where: string): Iterable<string> {
  if (tree === leaf || !isPlainObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const below = tree.each ?? (Object.hasOwn(tree, key) ? tree[key] : undefined);
    if (below === undefined) {
      yield `${path}.${key}: no such field; there are ${Object.keys(tree).join(', ')}. Correct the name, ${where}.`;
    } else yield* unknownFields(member, below, `${path}.${key}`, where);
  }
}
