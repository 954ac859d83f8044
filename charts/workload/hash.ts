import { createHash } from 'node:crypto';

/** Short digest of a value for an annotation: changes exactly when the value does. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
