import type { KeySources } from './key-sources';
import type { PodReference } from './pod-references';

/** What is wrong with a reference of a pod, or `undefined` when the object and its keys are there (or need not be). */
export function missingReference({ kind, name, keys, optional }: PodReference, namespace: string, sources: KeySources): string | undefined {
  if (optional) return undefined;
  const found = sources.keysOf(namespace, name);
  if (found === undefined) return `refers to ${kind} ${namespace}/${name}, which nothing makes`;
  if (found === 'unknown') return undefined;
  const missing = keys.filter((key) => !found.has(key));
  if (missing.length === 0) return undefined;
  const present = [...found].sort().join(', ');
  return `needs ${missing.length === 1 ? 'key' : 'keys'} ${missing.join(', ')} of ${kind} ${namespace}/${name}, which has ${present === '' ? 'none' : present}`;
}
