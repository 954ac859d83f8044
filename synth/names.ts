import { entryText, type LockEntry, lockEntry } from './names-entry';
import type { LockFile } from './names-file';
import { entryOf, readRecords } from './names-records';
import type { SourcedObject } from './object';
import { stringText } from './yaml-string';

/**
 * Compares what is rendered for one cluster with its name lock: a locked object that is gone, renamed or has another selector needs a record
 * that says so, and every record has to be true.
 *
 * @returns `problems`, and `next`, the lock with the new names added; write it only when there are no problems.
 */
export function checkNames(
  lock: LockFile,
  objects: readonly SourcedObject[],
): { readonly problems: readonly string[]; readonly next: LockFile } {
  const rendered = new Map<string, LockEntry>();
  for (const { object } of objects) {
    const entry = lockEntry(object);
    if (entry !== undefined) rendered.set(entry.object, entry);
  }
  const locked = lock.names.map(entryOf);
  const known = new Set(locked.map(({ object }) => object));
  const added = [...rendered.values()].filter(({ object }) => !known.has(object));
  const records = readRecords(lock, locked, rendered);
  const problems = [
    ...records.problems(),
    ...locked.flatMap((entry) => {
      const now = rendered.get(entry.object);
      if (now?.fixed === entry.fixed || records.leaves(entry)) return [];
      return [now === undefined ? goneText(entry, added) : changedText(entry, now)];
    }),
  ];
  const names = [...new Set([...lock.names, ...[...rendered.values()].map(entryText)])].sort();
  return { problems: problems.map((problem) => `${lock.file}: ${problem}`), next: { ...lock, names } };
}

function changedText(entry: LockEntry, now: LockEntry): string {
  return (
    `${entry.object} is locked with (${entry.fixed}) and rendered with (${now.fixed}). What runs cannot be changed so: it would have to be deleted and made anew. ` +
    `Undo the change, or, if that is meant, add under \`moved\`:\n${moved(entryText(entry), entryText(now))}`
  );
}

function goneText({ object }: LockEntry, added: readonly LockEntry[]): string {
  const kind = object.slice(0, object.indexOf(' ') + 1);
  // A few are a help; a list of everything new is not.
  const candidates = added
    .filter((entry) => entry.object.startsWith(kind))
    .map((entry) => entry.object)
    .slice(0, 5);
  const [first] = candidates;
  const renamed = first === undefined ? '' : `If it is ${candidates.join(' or ')} now, add under \`moved\`:\n${moved(object, first)}\n`;
  return (
    `${object} is locked but not rendered any more. A cluster that runs it would lose it, with what depends on its name. Render it again. ` +
    `${renamed}If it is meant to go, add under \`removed\`:\n  - object: ${object}\n    why: <reason>`
  );
}

function moved(from: string, to: string): string {
  return `  - from: ${stringText(from, '')}\n    to: ${stringText(to, '')}\n    why: <reason>`;
}
