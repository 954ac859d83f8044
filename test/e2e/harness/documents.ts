import { parseDocument } from 'yaml';
import type { KubeObject } from '../../../synth/object';

/** One document of a YAML file. Its text is what the API server gets; the object is for finding our way. */
export interface Document {
  /** The file, with `#n` for the n-th document of several. */
  readonly source: string;
  readonly text: string;
  readonly object: KubeObject;
}

/**
 * The documents of a YAML text that hold something.
 * @throws an Error that names the file when a document is no Kubernetes object; duplicate keys are left to the API server
 */
export function documentsOf(file: string, text: string): readonly Document[] {
  const texts = text.split(/^---(?:[ \t].*)?$/m).filter((part) => /^[^#\s]/m.test(part));
  return texts.map((part, index) => {
    const source = texts.length === 1 ? file : `${file}#${index + 1}`;
    const document = parseDocument(part, { uniqueKeys: false });
    const object: unknown = document.errors.length > 0 ? undefined : document.toJS();
    if (!isObject(object)) throw new Error(`${source}: found no Kubernetes object with apiVersion, kind and metadata.name`);
    return { source, text: part, object };
  });
}

/** An annotation of an object. */
export function annotation(object: KubeObject, key: string): string | undefined {
  return object.metadata.annotations?.[key];
}

function isObject(value: unknown): value is KubeObject {
  const object = value as Partial<KubeObject> | null;
  return typeof object?.apiVersion === 'string' && typeof object.kind === 'string' && typeof object.metadata?.name === 'string';
}
