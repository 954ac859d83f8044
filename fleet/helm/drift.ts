import { describe, type Json, type JsonObject } from '../../synth/object';
import type { TemplatedObject } from './chart-render';

/** Fields of one object that are shown; the others are counted. */
const SHOWN = 5;

/**
 * What differs between two renders of the same chart: one line per object, with its template and fields. Never with values, which may be secrets.
 */
export function driftOf(first: readonly TemplatedObject[], second: readonly TemplatedObject[]): readonly string[] {
  const [left, right] = [byIdentity(first), byIdentity(second)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names.flatMap((name) => {
    const [a, b] = [left.get(name), right.get(name)];
    const there = a ?? b;
    if (there === undefined) return [];
    const where = `${describe(there.object)} (${there.template})`;
    if (a === undefined || b === undefined) return [`${where}: only one of two renders has an object of this name`];
    const fields = differences(a.object, b.object, '');
    if (fields.length === 0) return [];
    const more = fields.length > SHOWN ? ` and ${fields.length - SHOWN} more` : '';
    return [`${where}: ${fields.slice(0, SHOWN).join(', ')}${more}`];
  });
}

function byIdentity(objects: readonly TemplatedObject[]): ReadonlyMap<string, TemplatedObject> {
  const seen = new Map<string, number>();
  return new Map(
    objects.map((each) => {
      const name = `${each.object.apiVersion} ${describe(each.object)}`;
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return [`${name} ${times}`, each];
    }),
  );
}

/** Paths of fields with different values, as `data["tls.key"]`. */
function differences(a: Json | undefined, b: Json | undefined, path: string): readonly string[] {
  if (isList(a) && isList(b) && a.length === b.length) return a.flatMap((item, i) => differences(item, b[i], `${path}[${i}]`));
  if (isObject(a) && isObject(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => differences(a[key], b[key], memberPath(path, key)));
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [path];
}

function memberPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
