import { describe, type SourcedObject } from '../synth/object';
import type { Finding } from './check';

/** An annotation `ignore-check.fleet/<check id>: <reason>` on an object suppresses that check's findings about it. */
export const EXEMPTION_PREFIX = 'ignore-check.fleet/';

/** The exemptions of one object. */
export interface Exemptions {
  /** The reason why the object is exempted from a check, remembered as used; `undefined` when it is not. */
  use(check: string): string | undefined;
  /** Every exemption of the object, with whether it suppressed something. */
  readonly all: readonly { readonly check: string; readonly reason: string; readonly used: boolean }[];
}

/** Exemptions by object; objects without any are absent. */
export function exemptionsOf(objects: readonly SourcedObject[]): ReadonlyMap<SourcedObject, Exemptions> {
  const found = new Map<SourcedObject, Exemptions>();
  for (const subject of objects) {
    const all = Object.entries(subject.object.metadata.annotations ?? {})
      .filter(([key]) => key.startsWith(EXEMPTION_PREFIX))
      .map(([key, reason]) => ({ check: key.slice(EXEMPTION_PREFIX.length), reason: String(reason ?? '').trim(), used: false }));
    if (all.length === 0) continue;
    const use = (check: string) => {
      const exemption = all.find((candidate) => candidate.check === check && candidate.reason !== '');
      if (exemption !== undefined) exemption.used = true;
      return exemption?.reason;
    };
    found.set(subject, { use, all });
  }
  return found;
}

/**
 * What is wrong with the exemptions themselves: no reason (error, and nothing is suppressed), or nothing to suppress (warning).
 * @param notRun checks that did not run, whose exemptions may well be needed
 */
export function* exemptionFindings(
  exemptions: ReadonlyMap<SourcedObject, Exemptions>,
  known: ReadonlySet<string>,
  notRun: ReadonlySet<string>,
): Iterable<{ readonly finding: Finding; readonly subject: SourcedObject }> {
  for (const [subject, { all }] of exemptions) {
    for (const { check, reason, used } of all) {
      const base = {
        check: 'exemption',
        source: subject.source,
        object: describe(subject.object),
        field: `metadata.annotations['${EXEMPTION_PREFIX}${check}']`,
        why: 'An exemption without a reason, or one that has outlived its reason, hides the next real finding.',
      };
      if (reason === '') {
        const message = `the exemption from ${check} gives no reason, so it suppresses nothing`;
        yield {
          subject,
          finding: { ...base, severity: 'error', message, mend: 'Say why the object is exempted as the value of the annotation.' },
        };
      } else if (!used && !notRun.has(check)) {
        const message = known.has(check) ? `the exemption from ${check} suppresses nothing` : `no check has the id ${check}`;
        yield { subject, finding: { ...base, severity: 'warning', message, mend: 'Remove the annotation.' } };
      }
    }
  }
}
