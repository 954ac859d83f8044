import { type Document, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { KubeObject, SourcedObject } from '../synth/object';
import type { Finding } from './check';

/** What a file holds. */
export interface ParsedFile {
  readonly objects: readonly SourcedObject[];
  /** Documents that could not be read; the others are still in `objects`. */
  readonly problems: readonly Finding[];
  /** Documents that are no Kubernetes object: values files, kustomizations outside Applications' folders, configuration of programs. */
  readonly skipped: number;
}

/** Where `source` points: the n-th document (from 0) and, inside a `List`, the n-th item. */
export interface SourcePosition {
  readonly file: string;
  readonly document: number;
  readonly item?: number;
}

/** `file`, `file#2` for the second of several documents, `file#2.items[0]` for an item of a `List`. */
export function sourceOf({ file, document, item }: SourcePosition, documents: number): string {
  return `${file}${documents > 1 ? `#${document + 1}` : ''}${item === undefined ? '' : `${documents > 1 ? '.' : '#'}items[${item}]`}`;
}

/** The inverse of {@link sourceOf}. */
export function positionOf(source: string): SourcePosition {
  const match = /^(.*?)(?:#(\d+))?(?:[.#]items\[(\d+)\])?$/s.exec(source);
  const [, file = source, document = '1', item] = match ?? [];
  return { file, document: Number(document) - 1, ...(item === undefined ? {} : { item: Number(item) }) };
}

/**
 * The documents of a YAML or JSON text, read as Kubernetes reads them (YAML 1.1: `yes` is a boolean).
 * Keeps positions, for messages with lines.
 */
export function parseDocuments(text: string, lineCounter = new LineCounter()) {
  const notInKubernetes = new Set([
    'tag:yaml.org,2002:timestamp',
    'tag:yaml.org,2002:binary',
    'tag:yaml.org,2002:omap',
    'tag:yaml.org,2002:pairs',
    'tag:yaml.org,2002:set',
  ]);
  const documents = parseAllDocuments(text, {
    version: '1.1',
    lineCounter,
    // Messages with an excerpt of the file could show a secret.
    prettyErrors: false,
    logLevel: 'silent',
    customTags: (tags) =>
      tags.filter((tag) => typeof tag !== 'object' || !(notInKubernetes.has(tag.tag) || ('format' in tag && tag.format === 'TIME'))),
  });
  return Array.isArray(documents) ? documents : [];
}

/**
 * Reads the Kubernetes objects of one file. `List` kinds are taken apart; an object without a name gets the empty one.
 * @param application see {@link SourcedObject.application}
 */
export function parseText(file: string, text: string, application?: string): ParsedFile {
  const objects: SourcedObject[] = [];
  const problems: Finding[] = [];
  let skipped = 0;
  const lineCounter = new LineCounter();
  const documents = parseDocuments(text, lineCounter);
  for (const [index, document] of documents.entries()) {
    const fail = (offset: number, message: string) => problems.push(unparsable(file, lineCounter.linePos(offset), message));
    const [error] = document.errors;
    if (error !== undefined) {
      fail(error.pos[0], PROBLEMS[error.code] ?? 'this is not well-formed YAML');
      continue;
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 1000 });
    } catch {
      const dangling = danglingAlias(document);
      if (dangling !== undefined) fail(dangling, 'an alias refers to no anchor');
      else fail(document.range[0], 'the aliases of this document multiply beyond reason');
      continue;
    }
    if (value === null || value === undefined) continue;
    const items = listItems(value);
    for (const [item, candidate] of (items ?? [value]).entries()) {
      const object = asKubeObject(candidate, application !== undefined);
      if (object === undefined) skipped += 1;
      else {
        const source = sourceOf({ file, document: index, ...(items === undefined ? {} : { item }) }, documents.length);
        objects.push({ object, source, ...(application === undefined ? {} : { application }) });
      }
    }
  }
  return { objects, problems, skipped };
}

/** Where an alias without an anchor stands. */
function danglingAlias(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document) !== undefined) return undefined;
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** The items of a `List` or `ConfigMapList`, each with its kind; `undefined` when the value is no list. */
function listItems(value: unknown): readonly unknown[] | undefined {
  if (!isRecord(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List') || !Array.isArray(value.items)) return undefined;
  const kind = value.kind.slice(0, -'List'.length);
  if (kind === '') return value.items;
  return value.items.map((item) => (isRecord(item) ? { apiVersion: value.apiVersion, kind, ...item } : item));
}

/**
 * A Kubernetes object, or `undefined` for other YAML: values files, kustomizations, configuration files of programs.
 * @param synced whether it lies in the folder of an Application: a kustomization is then what the Application brings
 */
function asKubeObject(value: unknown, synced: boolean): KubeObject | undefined {
  if (!isRecord(value)) return undefined;
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  if (apiVersion.startsWith('kustomize.config.k8s.io/') && !synced) return undefined;
  const metadata = isRecord(value.metadata) ? value.metadata : undefined;
  // Configuration files of programs (kubeconfig, kind, kubelet) look like objects, but have no metadata; objects of built-in groups must.
  if (metadata === undefined && (kind === 'Config' || apiVersion.includes('.'))) return undefined;
  return { ...value, metadata: { ...metadata, name: typeof metadata?.name === 'string' ? metadata.name : '' } } as KubeObject;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unparsable(file: string, { line, col }: { readonly line: number; readonly col: number }, message: string): Finding {
  return {
    check: 'unparsable-yaml',
    severity: 'error',
    source: file,
    object: `line ${line}, column ${col}`,
    message,
    why: 'Neither kubectl nor Argo CD can apply this file, and no check sees what it holds.',
    mend: 'Mend the YAML at that place; quote strings that hold special characters.',
  };
}

/** Messages of our own by the parser's error code: the parser's may quote the text, which could be a secret. */
const PROBLEMS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'an alias refers to no anchor',
  BAD_DQ_ESCAPE: 'a double-quoted string holds an escape that YAML does not know',
  BAD_INDENT: 'the indentation does not fit the lines above',
  BAD_SCALAR_START: 'an unquoted string starts with a character that YAML reserves',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping starts inside a value; is a string with a colon not quoted?',
  DUPLICATE_KEY: 'the key is already in this mapping, and one of the two values would be lost',
  MISSING_CHAR: 'a closing quote, bracket, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a key spans several lines; is a colon missing?',
  TAB_AS_INDENT: 'a tab is used for indentation, where YAML allows only spaces',
  TAG_RESOLVE_FAILED: 'a tag is not known',
  UNEXPECTED_TOKEN: 'something stands where YAML does not allow it',
};
