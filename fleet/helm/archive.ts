import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { ChartReference } from '../../charts/catalogue';

/** A file of a chart's archive. */
export interface ArchivedFile {
  /** As `keda/templates/service.yaml`. */
  readonly path: string;
  readonly text: string;
}

const BLOCK = 512;
/** Larger than any chart; smaller than what would hurt. */
const LARGEST = 2 ** 28;

/** `sha256:…` of some bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * Regular files of a tar archive that gzip has compressed.
 * @throws when the bytes are no such archive
 */
export function filesOf(bytes: Uint8Array): readonly ArchivedFile[] {
  const tar = gunzipSync(bytes, { maxOutputLength: LARGEST });
  const files: ArchivedFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const field = (from: number, length: number) => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    if (field(0, 100) === '') break;
    const size = Number.parseInt(field(124, 12).trim() || '0', 8);
    const type = field(156, 1);
    if (Number.isNaN(size) || at + BLOCK + size > tar.length) throw new Error('the archive is cut off or damaged');
    const text = tar.toString('utf8', at + BLOCK, at + BLOCK + size);
    // A name of over 100 bytes stands in the record before.
    if (type === 'x') longName = /^\d+ path=(.*)$/m.exec(text)?.[1];
    else if (type === 'L') longName = text.replace(/\0.*$/s, '');
    else {
      const prefix = field(257, 5) === 'ustar' ? field(345, 155) : '';
      const path = longName ?? (prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`);
      if (type === '' || type === '0') files.push({ path, text });
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

/** Why bytes are not the archive of a chart; undefined when they are. */
export function archiveProblem(bytes: Uint8Array, { name, version }: ChartReference): string | undefined {
  let files: readonly ArchivedFile[];
  try {
    files = filesOf(bytes);
  } catch (error) {
    return `${bytes.length} bytes that are no .tgz archive (${error instanceof Error ? error.message : String(error)})`;
  }
  const manifest = files.find(({ path }) => /^[^/]+\/Chart\.yaml$/.test(path));
  if (manifest === undefined) return 'an archive without Chart.yaml';
  let data: { readonly name?: unknown; readonly version?: unknown };
  try {
    data = (load(manifest.text, { schema: CORE_SCHEMA }) ?? {}) as typeof data;
  } catch {
    return 'an archive whose Chart.yaml is no YAML';
  }
  return data.name === name && String(data.version) === version ? undefined : `the chart ${String(data.name)} ${String(data.version)}`;
}

/**
 * Templates that call a function, whether or not the values let them come to it: `lookup` sees no cluster where charts are rendered here,
 * and what `now` gives changes with the day.
 */
export function templatesCalling(bytes: Uint8Array, called: 'lookup' | 'now'): readonly string[] {
  const name = new RegExp(`(?<![.$\\w])${called}\\b`);
  return filesOf(bytes)
    .filter(({ path, text }) => /\/templates\//.test(path) && actionsOf(text).some((action) => name.test(action)))
    .map(({ path }) => path)
    .sort();
}

/** What stands between `{{` and `}}`, without comments and texts. */
function actionsOf(text: string): readonly string[] {
  const actions = [...text.matchAll(/\{\{([\s\S]*?)\}\}/g)].map(([, action = '']) => action);
  return actions.filter((action) => !/^-?\s*\/\*/.test(action)).map((action) => action.replace(/"(?:\\.|[^"\\])*"|`[^`]*`/g, '""'));
}
