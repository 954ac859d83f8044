import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { applyPatch } from 'rfc6902';
import { parse } from 'yaml';
import type { Mutation } from './mutant';

/** A file of a cluster's folder, with another text. */
export interface Mutated {
  /** Path below the cluster's folder. */
  readonly file: string;
  readonly text: string;
}

/**
 * The file of dist that a mutation is about, mutated; on disk nothing changes.
 * @param folder the cluster's folder in dist
 * @throws an Error when the mutation does not fit what dist holds
 */
export function mutated(folder: string, mutation: Mutation): Mutated {
  if ('file' in mutation) {
    const { file, from, to } = mutation;
    return { file, text: replaced(readFileSync(join(folder, file), 'utf8'), from, to) };
  }
  const name = `${mutation.kind.toLowerCase()}-${mutation.name}.yaml`;
  const file = readdirSync(folder, { encoding: 'utf8', recursive: true }).find((path) => basename(path) === name);
  if (file === undefined) throw new Error(`${folder} holds no ${name}`);
  const object: unknown = parse(readFileSync(join(folder, file), 'utf8'));
  const problems = applyPatch(object, [...mutation.operations]).filter((problem) => problem !== null);
  if (problems.length > 0) throw new Error(`${file}: ${problems.join('; ')}`);
  // JSON is YAML.
  return { file, text: `${JSON.stringify(object, null, 2)}\n` };
}

/** @throws an Error when the text does not hold `from` exactly once */
export function replaced(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is there ${parts.length - 1} times, expected once`);
  return parts.join(to);
}
