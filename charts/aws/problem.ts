import { looksLikeSecret } from './secret-value';

/** Where a value stands in a data file: keys of mappings, and positions in lists counted from 0. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with one value of a data file. */
export interface Problem {
  readonly path: Path;
  /** The value as a reader may see it, see {@link show}. */
  readonly found: string;
  /** What was expected in its place. */
  readonly expected: string;
  /** How to mend it. */
  readonly mend: string;
  /** Line in the file, counted from 1. @default - not known */
  readonly line?: number;
}

/** Thrown for a data file that cannot be used; carries everything that is wrong with it, in the order of the file. */
export class DataError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(
      [`${file}: ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}`, ...problems.map((p) => format(file, p))].join(
        '\n',
      ),
    );
    this.name = 'DataError';
  }
}

/** A path as it is written in messages: `databases.users.endpoint`, `zones[0]`, `roles["authorworks/worker"]`; the whole file is `(file)`. */
export function formatPath(path: Path): string {
  if (path.length === 0) return '(file)';
  return path.map(formatStep).join('').replace(/^\./, '');
}

function formatStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  if (looksLikeSecret(step)) return '["(not shown)"]';
  return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(shorten(step))}]`;
}

/** A value as it may appear in a message: short, and never one that looks like a secret. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  if (typeof value !== 'string') return `the ${typeof value} ${value}`;
  const secret = looksLikeSecret(value);
  return secret === undefined ? JSON.stringify(shorten(value)) : `a value that looks like ${secret} (not shown)`;
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

function format(file: string, { path, line, found, expected, mend }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return [`  ${place} ${formatPath(path)}`, `    found:    ${found}`, `    expected: ${expected}`, `    to mend:  ${mend}`].join('\n');
}
