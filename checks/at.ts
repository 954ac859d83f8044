/**
 * Reading objects that no API server has validated: a path that leads nowhere, to null or to another type gives `undefined` or
 * nothing, never an exception.
 */
export type Path = readonly (string | number)[];

/** What stands at a path of member names and list positions; null reads as unset. */
export function at(value: unknown, ...path: Path): unknown {
  let node = value;
  for (const step of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step)) return undefined;
    node = (node as Readonly<Record<string | number, unknown>>)[step];
  }
  return node ?? undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The map at a path; empty where there is none. */
export function mapAt(value: unknown, ...path: Path): Readonly<Record<string, unknown>> {
  const found = at(value, ...path);
  return isMap(found) ? found : {};
}

/** The members of the map at a path; empty where there is none. */
export function entriesAt(value: unknown, ...path: Path): readonly (readonly [string, unknown])[] {
  return Object.entries(mapAt(value, ...path));
}

/** The string at a path, when it is one and not empty: Kubernetes reads an empty one as unset. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The strings of the list at a path; empty where there is none. */
export function textsAt(value: unknown, ...path: Path): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/** The number at a path. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** Is a value a map, and neither a list nor null? */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How a message shows a value: as JSON, shortened; `unset` when there is none. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'unset';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
