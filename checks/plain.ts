/**
 * Reads objects that no API server has validated: a field that is missing or has another type than it should
 * is `undefined`, never an exception.
 */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let node = value;
  for (const key of path) {
    if (typeof node !== 'object' || node === null || Array.isArray(node) || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node ?? undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const node = at(value, ...path);
  return Array.isArray(node) ? node : [];
}

/** The strings of the list at a path; empty where there is none. */
export function textsAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/** The string at a path. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const node = at(value, ...path);
  return typeof node === 'string' ? node : undefined;
}

/** The members of the map at a path; empty where there is none. */
export function entriesAt(value: unknown, ...path: readonly string[]): readonly (readonly [string, unknown])[] {
  const node = at(value, ...path);
  return typeof node === 'object' && node !== null && !Array.isArray(node) ? Object.entries(node) : [];
}

/** A value as a message shows it: `"x"`, `true`, `[]`, or `unset`. */
export function show(value: unknown): string {
  return value === undefined || value === null ? 'unset' : JSON.stringify(value);
}
