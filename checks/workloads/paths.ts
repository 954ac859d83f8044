/** A value inside an object, with its path in the form of a finding's field. */
export interface ValueAt {
  readonly field: string;
  readonly value: unknown;
}

const segments = new Map<string, readonly string[]>();

/** Values at a dotted path in which `*` stands for every item of a list; places where there is nothing are left out. */
export function valuesAt(root: unknown, path: string): readonly ValueAt[] {
  let keys = segments.get(path);
  if (keys === undefined) {
    keys = path.split('.');
    segments.set(path, keys);
  }
  const found: ValueAt[] = [];
  collect(root, keys, 0, [], found);
  return found;
}

/** Most paths lead nowhere: the text of a place is made only for what is found. */
function collect(value: unknown, keys: readonly string[], depth: number, indexes: readonly number[], found: ValueAt[]): void {
  if (value === undefined || value === null) return;
  const key = keys[depth];
  if (key === undefined) {
    found.push({ field: fieldOf(keys, indexes), value });
  } else if (key === '*') {
    if (Array.isArray(value)) for (const [i, item] of value.entries()) collect(item, keys, depth + 1, [...indexes, i], found);
  } else if (typeof value === 'object') {
    collect((value as Record<string, unknown>)[key], keys, depth + 1, indexes, found);
  }
}

function fieldOf(keys: readonly string[], indexes: readonly number[]): string {
  let next = 0;
  return keys.reduce((field, key) => (key === '*' ? `${field}[${indexes[next++]}]` : field === '' ? key : `${field}.${key}`), '');
}
