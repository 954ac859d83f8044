import type { JSONSchema4 } from 'json-schema';
import { baseName, freeName, singular } from './names';

/** Schemas by type name: the given ones, and one for each sub-schema that stood in several places. */
export type NamedSchemas = ReadonlyMap<string, JSONSchema4>;

/** A sub-schema with the places that it stands in. */
interface Found {
  readonly schema: JSONSchema4;
  /** For each place the fields that lead to it, from the type that holds it. */
  readonly places: (readonly string[])[];
}

/**
 * Moves sub-schemas that are equal and worth a name out of the given schemas, so that each is declared once.
 * Where two of them would take one name, the more used one gets it and the other is prefixed with the fields above it.
 * @param reserved names that a shared type must not take
 */
export function shareEqual(schemas: NamedSchemas, reserved: Iterable<string>): NamedSchemas {
  const names = nameRepeated(findAll(schemas), new Set([...reserved, ...schemas.keys()]));
  const result = new Map<string, JSONSchema4>();
  for (const [name, schema] of schemas) result.set(name, withReferences(schema, names));
  const shared = [...names].sort(([, a], [, b]) => (a < b ? -1 : 1));
  for (const [key, name] of shared) result.set(name, withReferences(JSON.parse(key), names));
  return result;
}

/** Every nameable sub-schema by its canonical text. What is inside an equal one is found once: it will be declared once. */
function findAll(schemas: NamedSchemas): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const visit = (schema: JSONSchema4, place: readonly string[]): void => {
    if (isNameable(schema)) {
      const key = JSON.stringify(schema);
      const known = found.get(key);
      if (known !== undefined) {
        known.places.push(place);
        return;
      }
      found.set(key, { schema, places: [place] });
    }
    for (const [field, child] of fieldsOf(schema)) visit(child, [...place, field]);
    for (const child of alternativesOf(schema)) visit(child, place);
    for (const child of elementsOf(schema)) visit(child, [...place.slice(0, -1), ...place.slice(-1).map(singular)]);
  };
  // The given schemas have their names already: only what is in them is looked at.
  for (const [name, schema] of schemas) for (const [field, child] of fieldsOf(schema)) visit(child, [name, field]);
  return found;
}

/** Objects, but for those with one plain field, and long enums: anything shorter reads better in place. */
function isNameable(schema: JSONSchema4): boolean {
  const fields = Object.values(schema.properties ?? {});
  if (fields.length === 1) return fields.some((field) => field.properties !== undefined || field.items !== undefined);
  return fields.length > 1 || (schema.enum ?? []).length > 3;
}

function fieldsOf(schema: JSONSchema4): readonly (readonly [string, JSONSchema4])[] {
  return Object.entries(schema.properties ?? {});
}

function alternativesOf(schema: JSONSchema4): readonly JSONSchema4[] {
  return schema.anyOf ?? [];
}

/** What a list or a map holds. */
function elementsOf({ items, additionalProperties }: JSONSchema4): readonly JSONSchema4[] {
  return [items, additionalProperties].filter((each): each is JSONSchema4 => typeof each === 'object' && !Array.isArray(each));
}

/** Type name by canonical text, for what stands in more than one place. */
function nameRepeated(found: ReadonlyMap<string, Found>, taken: Set<string>): ReadonlyMap<string, string> {
  const repeated = [...found].filter(([, { places }]) => places.length > 1);
  // Stable: equal counts keep the order in which they were found.
  repeated.sort(([, a], [, b]) => b.places.length - a.places.length);
  const names = new Map<string, string>();
  for (const [key, { schema, places }] of repeated) {
    const name = freeName(baseName(schema, places), places[0] ?? [], taken);
    taken.add(name);
    names.set(key, name);
  }
  return names;
}

/** The schema with named sub-schemas replaced by references. */
function withReferences(schema: JSONSchema4, names: ReadonlyMap<string, string>): JSONSchema4 {
  const replace = (child: JSONSchema4): JSONSchema4 => {
    const name = isNameable(child) ? names.get(JSON.stringify(child)) : undefined;
    return name === undefined ? withReferences(child, names) : { $ref: `#/definitions/${name}` };
  };
  const result = { ...schema };
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, child]) => [name, replace(child)]));
  }
  if (schema.items !== undefined && !Array.isArray(schema.items)) result.items = replace(schema.items);
  if (typeof schema.additionalProperties === 'object') result.additionalProperties = replace(schema.additionalProperties);
  if (schema.anyOf !== undefined) result.anyOf = schema.anyOf.map(replace);
  return result;
}
