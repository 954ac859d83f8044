import type { Finding } from '../checks/check';

/** A finding for people: where, what, why, mend. */
export function findingText({ check, source, object, field, message, why, mend }: Finding): string {
  return [
    `${source}: ${object}${field === undefined ? '' : `, ${field}`} (${check})`,
    `  what: ${message}`,
    `  why:  ${why}`,
    `  mend: ${mend}`,
  ].join('\n');
}
