import type { JSONSchema4 } from 'json-schema';

/** Type of the `spec` of a kind; of all fields, where a kind has no `spec`. */
export function typeOfKind(kind: string, hasSpec: boolean): string {
  return `${typeName(kind)}${hasSpec ? 'Spec' : 'Fields'}`;
}

/** A field's name as a type name: `matchLabels` is `MatchLabels`, `tls-config` is `TlsConfig`, `oauth2client` is `Oauth2Client`. */
export function typeName(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  // json-schema-to-typescript writes a letter after a digit large; names must come out of it as they went in.
  return name.replace(/^\d+/, '').replace(/\d[a-z]/g, (match) => match.toUpperCase());
}

/** One item of a list: `relabelings` holds `relabeling`, `policies` holds `policy`; `class` and `status` stay. */
export function singular(field: string): string {
  if (/[^aeiou]ies$/.test(field)) return field.replace(/ies$/, 'y');
  if (/(ss|ch|sh|x)es$/.test(field)) return field.replace(/es$/, '');
  return /[^suia]s$/.test(field) ? field.slice(0, -1) : field;
}

/**
 * What a type that stands in several places is called: the last words that the fields holding it share (`minVersion` and `maxVersion` hold a
 * `Version`); where they share none, the field that holds it most often, but for small objects that no field holds in more than half of the
 * places: these are called after their own fields (`KeyNameOptional`).
 */
export function baseName(schema: JSONSchema4, places: readonly (readonly string[])[]): string {
  const holders = places.map((place) => typeName(place.at(-1) ?? ''));
  const common = holders.map(wordsOf).reduce(commonEnd).join('');
  const own = Object.keys(schema.properties ?? {});
  if (common !== '') return common;
  const [holder, count] = mostUsed(holders);
  const isSmall = own.length > 0 && own.length <= 3;
  return isSmall && count * 2 <= places.length ? typeName(own.join('-')) : holder;
}

/** `name`, else with the field above the first place before it, and so on; with a number when the fields run out. */
export function freeName(name: string, place: readonly string[], taken: ReadonlySet<string>): string {
  let result = name;
  for (let above = place.length - 2; taken.has(result) && above >= 0; above -= 1) {
    result = typeName([...place.slice(above, -1), name].join('-'));
  }
  let number = 2;
  while (taken.has(result)) {
    result = `${name}${number}`;
    number += 1;
  }
  return result;
}

/** `TlsConfig` is `Tls`, `Config`. */
function wordsOf(name: string): readonly string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z][a-z]*|[^A-Z]+/g) ?? [];
}

function commonEnd(a: readonly string[], b: readonly string[]): readonly string[] {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length === 0 ? [] : a.slice(-length);
}

/** Of equally frequent names the shortest, then the first by alphabet. */
function mostUsed(names: readonly string[]): readonly [name: string, count: number] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [best = ['', 0] as const] = [...counts].sort(([a, m], [b, n]) => n - m || a.length - b.length || (a < b ? -1 : 1));
  return best;
}
