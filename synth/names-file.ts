import { CORE_SCHEMA, load } from 'js-yaml';
import { z } from 'zod';
import { refuse } from './error';
import { parseEntry } from './names-entry';
import { stringText } from './yaml-string';

/** An object that goes on under another name, or with another selector; `from` and `to` are entries as `names` has them. */
export interface MovedRecord {
  readonly from: string;
  readonly to: string;
  /** For the reader of the file: why, and what was done about what ran. */
  readonly why: string;
}

/** An object that is gone for good. */
export interface RemovedRecord {
  readonly object: string;
  readonly why: string;
}

/** The name lock of one cluster: every locked name that was ever rendered, and the records of those that are not any more. */
export interface LockFile {
  /** Path of the file, for messages. */
  readonly file: string;
  /** Everything above `names:`, letter by letter: header, records, comments. People write it and synth leaves it alone. */
  readonly head: string;
  /** One line per object, sorted: `Deployment authorworks/gateway (app=gateway)`. */
  readonly names: readonly string[];
  readonly moved: readonly MovedRecord[];
  readonly removed: readonly RemovedRecord[];
}

const TITLE = '# Name lock of this cluster';

const HEAD = `\
${TITLE}: names and selectors that running objects depend on. synth adds lines to \`names\` and never takes one away.
# To rename or remove an object, or to change its selector, add a record to \`moved\` or \`removed\`; the error of synth shows it ready to paste.
`;

const entry = z.string().refine((text) => parseEntry(text) !== undefined, {
  error: 'Expected "<Kind> <namespace>/<name>" or "<Kind> <name>", with what is fixed in parentheses, as "Deployment shop/cart (app=cart)"',
});
const why = z.string().refine((text) => !/^\s*(?:<reason>)?\s*$/.test(text), { error: 'Expected the reason, in a few words' });

const schema = z.strictObject({
  moved: z.array(z.strictObject({ from: entry, to: entry, why })).nullish(),
  removed: z.array(z.strictObject({ object: entry, why })).nullish(),
  names: z.array(entry).nullish(),
});

/** The lock of a cluster that was never rendered. */
export function emptyLock(file: string): LockFile {
  return { file, head: HEAD, names: [], moved: [], removed: [] };
}

/**
 * Reads the text of a lock file.
 *
 * @param file path of the file, for messages
 * @throws SynthError with file, path, value and expectation of everything that is wrong in it.
 */
export function parseLock(text: string, file: string): LockFile {
  const start = /^names:/m.exec(text)?.index ?? text.length;
  const below = text.slice(start).split('\n').slice(1);
  const line = below.findIndex((content) => content.trim() !== '' && !content.startsWith('  - '));
  if (line !== -1) {
    const number = text.slice(0, start).split('\n').length + 1 + line;
    refuse([
      `${file}:${number}: found ${JSON.stringify(below[line])} below \`names:\`. Expected only lines of names there, which synth writes anew: move it above \`names:\`.`,
    ]);
  }
  const data = read(text, file);
  const parsed = schema.safeParse(data ?? {});
  if (!parsed.success) refuse(parsed.error.issues.map((issue) => `${file}: ${issueText(issue, data)}`));
  const { moved, removed, names } = parsed.data ?? {};
  return { file, head: text.slice(0, start), moved: moved ?? [], removed: removed ?? [], names: names ?? [] };
}

/** The text of a lock file: what people wrote as they wrote it, then the names, sorted, one per line. */
export function formatLock({ head, names }: LockFile): string {
  const above = head.startsWith(TITLE) ? head : HEAD + head;
  if (names.length === 0) return `${above}names: []\n`;
  return `${above}names:\n${names.map((name) => `  - ${stringText(name, '  ')}\n`).join('')}`;
}

function read(text: string, file: string): unknown {
  try {
    return text.trim() === '' ? {} : load(text, { schema: CORE_SCHEMA, filename: file });
  } catch (error) {
    refuse([
      `${file}: not readable as YAML: ${error instanceof Error ? error.message : String(error)}. Expected the records moved and removed, and names.`,
    ]);
    throw error;
  }
}

function issueText({ path, message }: z.core.$ZodIssue, data: unknown): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const found = path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], data);
  return `${place.replace(/^\./, '') || 'the file'}: found ${JSON.stringify(found) ?? 'nothing'}. ${message}.`;
}
