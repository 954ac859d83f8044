import { refuse } from './error';
import { HEADER } from './header';
import { describe, type Json, type JsonObject, type KubeObject } from './object';
import { stringText, Unwritable } from './yaml-string';

/**
 * The text of an object's file: the header line, then one YAML document in block style, two spaces per level, keys in the order of the
 * object, no anchors, no folded lines. Every YAML 1.1 and 1.2 parser reads back the same values, and strings always as strings.
 *
 * @throws SynthError naming every field that YAML cannot hold safely: NaN, infinities, -0, integers beyond 2^53, half a surrogate pair,
 * `undefined` in a list, a key of over 1,000 characters, anything that is not plain data.
 */
export function toYaml(object: KubeObject): string {
  try {
    return flat(`${HEADER}\n${mapText(object, '', '')}`);
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    // Paths are only worth their time when something is wrong: look again, and for all of it.
    refuse(unwritable(object, '').map((problem) => `${describe(object)}: ${problem}`));
    throw error;
  }
}

/** Lines of a map; the first one begins with `first`, which is `pad`, or the dash of the list that the map is an item of. */
function mapText(map: JsonObject, pad: string, first: string): string {
  requirePlain(map);
  let text = '';
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value === undefined) continue;
    text += `${text === '' ? first : pad}${stringText(key, undefined)}:`;
    text += isCollection(value) ? below(value, pad) : ` ${scalarText(value, pad)}\n`;
  }
  return text;
}

/** What follows `key:` when the value is a list or a map: the lines below it, or its empty form on the same line. */
function below(value: readonly Json[] | JsonObject, pad: string): string {
  const inner = `${pad}  `;
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${listText(value, inner, inner)}`;
  const text = mapText(value, inner, inner);
  return text === '' ? ' {}\n' : `\n${text}`;
}

function listText(list: readonly Json[], pad: string, first: string): string {
  let text = '';
  for (const item of list) {
    const dash = `${text === '' ? first : pad}- `;
    if (!isCollection(item)) text += `${dash}${scalarText(item, pad)}\n`;
    else if (isList(item)) text += item.length === 0 ? `${dash}[]\n` : listText(item, `${pad}  `, dash);
    else text += mapText(item, `${pad}  `, dash) || `${dash}{}\n`;
  }
  return text;
}

function scalarText(value: Json | undefined, pad: string): string {
  if (typeof value === 'string') return stringText(value, pad);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  throw new Unwritable(`found ${value === undefined ? 'undefined' : `a ${typeof value}`}. Expected text, a number, true, false or null.`);
}

function numberText(value: number): string {
  if (!Number.isFinite(value) || Object.is(value, -0)) {
    throw new Unwritable(`found the number ${Object.is(value, -0) ? '-0' : value}. Expected one that JSON can hold.`);
  }
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new Unwritable(
      `found the number ${value}, which is beyond 2^53 and not exact. Expected a smaller one, or text if the field takes it.`,
    );
  }
  const text = String(value);
  // YAML 1.1 reads 1e-7 as a string; with a point it is a number everywhere.
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

/** Everything in a value that cannot be written, each with its path. */
function unwritable(value: Json | undefined, path: string): readonly string[] {
  try {
    if (isCollection(value)) {
      if (isList(value)) return value.flatMap((item, index) => unwritable(item, `${path}[${index}]`));
      requirePlain(value);
      return Object.keys(value).flatMap((key) => (value[key] === undefined ? [] : unwritableMember(value[key], key, path)));
    }
    scalarText(value, '');
    return [];
  } catch (error) {
    if (error instanceof Unwritable) return [`${path}: ${error.message}`];
    throw error;
  }
}

function unwritableMember(value: Json | undefined, key: string, path: string): readonly string[] {
  const shown = key.length > 60 ? `${key.slice(0, 60)}…` : key;
  const here = path === '' ? shown : `${path}.${shown}`;
  try {
    stringText(key, undefined);
  } catch (error) {
    if (error instanceof Unwritable) return [`${here}: ${error.message}`];
    throw error;
  }
  return unwritable(value, here);
}

function isCollection(value: Json | undefined): value is readonly Json[] | JsonObject {
  return typeof value === 'object' && value !== null;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function requirePlain(value: JsonObject): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Unwritable(`found a ${value.constructor?.name ?? 'class instance'}. Expected plain data, as toJson() gives it.`);
  }
}

/** The same text in one piece: appending leaves a tree of pieces, which takes several times the memory and is walked again by each reader. */
function flat(text: string): string {
  text.charCodeAt(0);
  return text;
}
