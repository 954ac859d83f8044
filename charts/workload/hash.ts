import { createHash } from 'node:crypto';

/** Short digest of a value for an annotation: changes exactly when the value does. The order of an object's members is no part of it. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('hex').slice(0, 16);
}

/** For JSON.stringify: members by name. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
