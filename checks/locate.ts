import { isMap, isScalar, isSeq, LineCounter, type Node } from 'yaml';
import type { Finding } from './check';
import { parseDocuments, positionOf } from './parse';

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where the field of a finding stands in its file: the deepest part of the path that is there, else the start of the object.
 * @param read the text of a file; `undefined` when the source of a finding is no file
 */
export function locator(read: (file: string) => string | undefined): (finding: Finding) => Place | undefined {
  const files = new Map<string, ReturnType<typeof parse> | undefined>();
  return ({ source, object, field = '' }) => {
    const { file, document, item } = positionOf(source);
    const malformed = /^line (\d+), column (\d+)$/.exec(object);
    if (malformed !== null) return { file, line: Number(malformed[1]), column: Number(malformed[2]) };
    if (!files.has(file)) {
      const text = read(file);
      files.set(file, text === undefined ? undefined : parse(text));
    }
    const parsed = files.get(file);
    if (parsed === undefined) return undefined;
    const root = parsed.documents[document]?.contents;
    const start = item === undefined ? root : descend(root, `items[${item}]`);
    const offset = descend(start, field)?.range?.[0] ?? 0;
    const { line, col } = parsed.lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

function parse(text: string) {
  const lines = new LineCounter();
  return { documents: parseDocuments(text, lines), lines };
}

/** Follows `a.b[0]['c.d/e']` as far as it goes. Returns the key of the last member, since that is the line to look at. */
function descend(start: unknown, path: string): Node | undefined {
  let node = start as Node | undefined;
  let place = node;
  let rest = path;
  while (rest !== '') {
    const step = isMap(node) ? member(node.items, rest) : isSeq(node) ? element(node.items, rest) : undefined;
    if (step === undefined) break;
    ({ node, rest } = step);
    place = step.key ?? node ?? place;
  }
  return place;
}

/** The member that the path starts with; keys may hold dots, so the longest that fits wins. */
function member(items: readonly { key: unknown; value: unknown }[], path: string) {
  const quoted = /^\['([^']*)'\]\.?/.exec(path);
  const fits = items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : undefined;
    if (name === undefined || name === '') return [];
    if (quoted !== null)
      return quoted[1] === name ? [{ key: key as Node, node: value as Node, name, rest: path.slice(quoted[0].length) }] : [];
    const after = path.slice(name.length);
    if (!path.startsWith(name) || !/^(\.|\[|$)/.test(after)) return [];
    return [{ key: key as Node, node: value as Node, name, rest: after.replace(/^\./, '') }];
  });
  return fits.sort((a, b) => b.name.length - a.name.length)[0];
}

function element(items: readonly unknown[], path: string) {
  const match = /^\[(\d+)\]\.?/.exec(path);
  const node = match === null ? undefined : (items[Number(match[1])] as Node | undefined);
  return match === null || node === undefined ? undefined : { key: undefined, node, rest: path.slice(match[0].length) };
}
