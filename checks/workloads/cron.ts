const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on. */
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  // Sunday is 0: the parser that Kubernetes uses does not know 7.
  { name: 'day of week', min: 0, max: 6, names: DAYS },
];

/** What is wrong with a schedule of a CronJob, or `undefined`. Follows the five-field format that Kubernetes documents. */
export function cronProblem(schedule: unknown): string | undefined {
  if (typeof schedule !== 'string' || schedule.trim() === '') return 'it is empty';
  const text = schedule.trim();
  if (/^(CRON_)?TZ=/.test(text)) return 'a time zone inside the schedule is not supported, spec.timeZone is';
  if (text.startsWith('@every ')) {
    return /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/.test(text.slice(7)) ? undefined : `${text.slice(7)} is no duration as 1h30m`;
  }
  if (text.startsWith('@')) return MACROS.includes(text) ? undefined : `${text} is none of ${MACROS.join(', ')}, @every`;
  const parts = text.split(/\s+/);
  if (parts.length !== FIELDS.length) return `it has ${parts.length} fields, expected ${FIELDS.length}`;
  const sets: (readonly number[])[] = [];
  for (const [i, field] of FIELDS.entries()) {
    const values = fieldValues(parts[i] ?? '', field);
    if (typeof values === 'string') return values;
    sets.push(values);
  }
  return neverRuns(parts, sets) ? 'no such day exists, so it never runs' : undefined;
}

/** The values that a field stands for, or what is wrong with it. */
function fieldValues(text: string, field: Field): readonly number[] | string {
  const found: number[] = [];
  for (const part of text.split(',')) {
    const match = /^(?:([*?])|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/(\d+))?$/i.exec(part);
    if (match === null) return `${part || 'nothing'} is no ${field.name}`;
    const [, all, first = '', last, step] = match;
    const start = all === undefined ? readValue(first, field) : field.min;
    // `5/10` means from 5 on.
    const end = all !== undefined ? field.max : last !== undefined ? readValue(last, field) : step !== undefined ? field.max : start;
    for (const [bound, written] of [
      [start, first],
      [end, last ?? first],
    ] as const) {
      if (bound === undefined) return `${written} is no ${field.name}, expected ${field.min} to ${field.max}`;
    }
    if (start === undefined || end === undefined) return `${part} is no ${field.name}`;
    if (start > end) return `${part} is no ${field.name}: it ends before it begins`;
    if (step !== undefined && Number(step) === 0) return `${part} is no ${field.name}: the step is 0`;
    for (let value = start; value <= end; value += Number(step ?? 1)) found.push(value);
  }
  return found;
}

function readValue(text: string, { min, max, names }: Field): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named !== -1) return min + named;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** `0 0 30 2 *`: with a day of week beside it, that one decides too. */
function neverRuns(parts: readonly string[], sets: readonly (readonly number[])[]): boolean {
  const [, , days = [], months = []] = sets;
  if (!/^[*?]$/.test(parts[4] ?? '')) return false;
  return !months.some((month) => days.some((day) => day <= (LONGEST_MONTH[month - 1] ?? 31)));
}
