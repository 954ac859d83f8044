import type { Mutant } from './mutant';
import type { Refusal } from './refusal';
import type { Answered } from './verdict';

/** A mistake, and what became of it. */
export interface Row {
  readonly mutant: Mutant;
  readonly refusal: Refusal;
  /** What an API server said. @default - none was asked */
  readonly answered?: Answered;
}

/** The rows as a table in Markdown that can be read as text, with a summary below it. */
export function report(rows: readonly Row[]): string {
  const cells = rows.map(({ mutant, refusal, answered }) => [
    mutant.class,
    mutant.name,
    doorText(mutant),
    compilesText(mutant),
    refusal.refused ? cut(caughtText(mutant, refusal), 45) : 'NOTHING',
    answered?.verdict ?? '',
    cut(pointOf(answered?.said ?? ''), 110),
  ]);
  const head = ['class', 'mutant', 'door', 'compiles', 'caught by', 'API server', 'what it says'];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line), '', summary(rows)].join('\n');
}

function summary(rows: readonly Row[]): string {
  const refused = rows.filter(({ refusal }) => refusal.refused);
  const written = rows.filter(({ refusal }) => refusal.written.length > 0);
  const hidden = rows.filter(({ mutant }) => compilesText(mutant) === 'no');
  const verdicts = new Map<string, number>();
  for (const { answered } of rows) if (answered !== undefined) verdicts.set(answered.verdict, (verdicts.get(answered.verdict) ?? 0) + 1);
  return [
    `${rows.length} mutants of ${new Set(rows.map(({ mutant }) => mutant.class)).size} classes: the project refuses ${refused.length}, and writes something for ${written.length}.`,
    `${hidden.length} do not compile, and are refused past the types too; ${rows.length - hidden.length} pass the compiler or never see it.`,
    ...(verdicts.size === 0 ? [] : [`The API server: ${[...verdicts].map(([verdict, number]) => `${number} ${verdict}`).join(', ')}.`]),
  ].join('\n');
}

function doorText({ door }: Mutant): string {
  if (door === 'check') return 'npm run check';
  if ('file' in door) return door.file;
  return 'overlay' in door ? 'overlay' : 'patch';
}

/** Data files and folders of YAML never meet the compiler; a patch is any JSON to it. */
function compilesText({ door }: Mutant): string {
  if (door === 'check' || 'file' in door) return '–';
  return 'overlay' in door && !door.compiles ? 'no' : 'yes';
}

/** The check that was to catch it first, or the words of the error that did. */
function caughtText({ caught }: Mutant, { checks }: Refusal): string {
  if (!checks.includes(caught)) return `"${caught}"`;
  return checks.length === 1 ? caught : `${caught} and ${checks.length - 1} more`;
}

/** A message without what the other columns say already: which object it is about, and that it is refused. */
function pointOf(said: string): string {
  return said
    .replace(/^(\d{3}) failed to .*? object \([^)]*\)(?: to proper version)?: /, '$1 ')
    .replace(/^(\d{3}) \S+ "[^"]*" is (?:invalid|forbidden): /, '$1 ')
    .replace(/^(\d{3}) error strict decoding YAML: .*?:\s*\n\s*/s, '$1 ');
}

/** The first line, cut, with nothing in it that would end a cell. */
function cut(text: string, length: number): string {
  const line = (text.split('\n')[0] ?? '').replaceAll('|', '/');
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
