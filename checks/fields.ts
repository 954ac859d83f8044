/** Path into plain data: member names and list positions. */
export type Path = readonly (string | number)[];

/** What stands at a path of an object that no API server has validated; `undefined` where the path ends early. */
export function at(value: unknown, ...path: Path): unknown {
  let node = value;
  for (const step of path) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Readonly<Record<string | number, unknown>>)[step];
  }
  return node;
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The map at a path; empty where there is none. */
export function mapAt(value: unknown, ...path: Path): Readonly<Record<string, unknown>> {
  const found = at(value, ...path);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {};
}

/** The string at a path, when it is one and not empty. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
