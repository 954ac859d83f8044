import { Absent, type EnvironmentName, PerEnvironment, Remove, Value } from './value';

/** An object that was written with braces, as opposed to an instance of a class or a list. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Replaces every `perEnvironment` in a value, at any depth, by the value of one environment; members that are absent there go.
 * @param path - where the value stands, for messages
 * @throws when a `perEnvironment` leaves the environment out, past the compiler
 */
export function settle(value: unknown, environment: EnvironmentName, path: string): unknown {
  if (value instanceof PerEnvironment) {
    if (value.values[environment] === undefined) {
      const known = Object.keys(value.values).join(', ');
      throw new Error(`${path}: perEnvironment has no value for ${environment}, only for ${known}. Give one, or say \`absent\`.`);
    }
    return settle(value.values[environment], environment, path);
  }
  if (Array.isArray(value)) return value.map((item, i) => settle(item, environment, `${path}[${i}]`));
  if (!isPlainObject(value)) return value;
  const settled: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const result = settle(member, environment, `${path}.${key}`);
    if (result !== undefined && !(result instanceof Absent)) settled[key] = result;
  }
  return settled;
}

/**
 * Lays a patch on a settled value: objects merge, everything else replaces, functions compute from the value below, `remove` takes away.
 * Neither argument is changed.
 * @throws when the patch removes what is not there: `path` (as `gateway.scale`) says where.
 */
export function merge(base: unknown, patch: unknown, path: string): unknown {
  if (patch === undefined) return base;
  if (patch instanceof Remove) {
    if (base === undefined)
      throw new Error(`${path}: the overlay removes this field, but the base does not state it. Take the line out of the overlay.`);
    return undefined;
  }
  if (typeof patch === 'function') return patch(base);
  if (!isPlainObject(patch)) return patch;
  const below = isPlainObject(base) && !(base instanceof Value) ? base : {};
  const merged: Record<string, unknown> = { ...below };
  for (const [key, part] of Object.entries(patch)) {
    const result = merge(below[key], part, `${path}.${key}`);
    if (result === undefined) delete merged[key];
    else merged[key] = result;
  }
  return merged;
}
