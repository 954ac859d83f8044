import { entryText, type LockEntry, parseEntry } from './names-entry';
import type { LockFile } from './names-file';

/** The records of a lock file, read as steps from one entry to the next. */
export interface Records {
  /** Whether some record says what became of the entry. */
  readonly leaves: (entry: LockEntry) => boolean;
  /** What is not true of the records, each problem with the record that it is about. */
  readonly problems: () => readonly string[];
}

interface Step {
  /** Where the record stands in the file, as `moved[0]`. */
  readonly place: string;
  readonly from: LockEntry;
  /** `undefined`: the object is gone for good. */
  readonly to: LockEntry | undefined;
}

/**
 * @param locked entries of the lock
 * @param rendered locked kinds among the rendered objects, by object
 */
export function readRecords(lock: LockFile, locked: readonly LockEntry[], rendered: ReadonlyMap<string, LockEntry>): Records {
  const steps: readonly Step[] = [
    ...lock.moved.map(({ from, to }, index) => ({ place: `moved[${index}]`, from: entryOf(from), to: entryOf(to) })),
    ...lock.removed.map(({ object }, index) => ({ place: `removed[${index}]`, from: entryOf(object), to: undefined })),
  ];
  const isRendered = (entry: LockEntry): boolean => matches(entry, rendered.get(entry.object));
  const stepFrom = (entry: LockEntry): Step | undefined => steps.find(({ from }) => matches(from, entry));

  /** Follows an entry to something rendered or removed; `false` when the way breaks off or goes in a circle. */
  const arrives = (entry: LockEntry, passed: readonly Step[]): boolean => {
    if (isRendered(entry)) return true;
    const step = stepFrom(entry);
    if (step === undefined || passed.includes(step)) return false;
    return step.to === undefined || arrives(step.to, [...passed, step]);
  };

  const problem = (step: Step): string | undefined => {
    const { place, from, to } = step;
    const shown = entryText(from);
    if (to !== undefined && entryText(to) === shown) {
      return `${place} moves ${shown} to itself. Expected another name or, with the same name, another selector in the parentheses: correct it or take it out.`;
    }
    if (!locked.some((entry) => matches(from, entry))) {
      return `${place} is about ${shown}, which is not in \`names\`. Expected an entry that was rendered once: correct it or take it out.`;
    }
    // A removal, or a move to another name, is about the whole object, whatever its selector.
    if (isRendered(to?.object === from.object ? from : { ...from, fixed: '' })) {
      return `${place} says that ${shown} is ${to === undefined ? 'removed' : 'moved'}, but it is still rendered. Take the record out, or the object.`;
    }
    // A break behind a locked entry without a record is reported as that entry's change.
    const reported = to === undefined || (stepFrom(to) === undefined && locked.some((entry) => matches(to, entry)));
    if (reported || arrives(to, [step])) return undefined;
    return `${place} moves ${shown} to ${entryText(to)}, which is not rendered. Expected an object that is: correct \`to\`, or say in \`removed\` that it is gone.`;
  };

  return {
    leaves: (entry) => stepFrom(entry) !== undefined,
    problems: () => steps.flatMap((step) => problem(step) ?? []),
  };
}

/** An entry of a lock that was parsed, so that its form is known to be right. */
export function entryOf(line: string): LockEntry {
  return parseEntry(line) ?? { object: line, fixed: '' };
}

/** Whether two entries mean the same object; one without parentheses means it with any selector. */
function matches(entry: LockEntry, other: LockEntry | undefined): boolean {
  return other?.object === entry.object && (entry.fixed === '' || other.fixed === '' || entry.fixed === other.fixed);
}
