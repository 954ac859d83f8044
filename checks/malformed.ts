import { describe, type SourcedObject } from '../synth/object';
import type { Check, Finding, Report } from './check';
import type { ClusterFacts } from './facts';

/** A check that threw. */
export interface Failure {
  readonly check: string;
  readonly error: string;
  /** The object that made it throw. @default - not one object alone */
  readonly subject?: SourcedObject;
}

/**
 * What a check reports. Objects that no API server has validated may have any shape: when the check throws, the objects that
 * make it throw are set aside, and it runs over the others.
 */
export function reportsOf(check: Check, objects: readonly SourcedObject[], facts: Partial<ClusterFacts>) {
  const first = attempt(check, objects, facts);
  if (first.error === undefined) return { reports: first.reports, failed: [] };
  const alone = objects.map((subject) => ({ subject, error: attempt(check, [subject], facts).error }));
  const failed = alone.flatMap(({ subject, error }): readonly Failure[] =>
    error === undefined ? [] : [{ check: check.id, error, subject }],
  );
  const rest = alone.filter(({ error }) => error === undefined).map(({ subject }) => subject);
  const second = attempt(check, rest, facts);
  if (second.error === undefined) return { reports: second.reports, failed };
  return { reports: second.reports, failed: [...failed, { check: check.id, error: second.error }] };
}

/** One finding for each object, however many checks it made throw. */
export function failureFindings(failures: readonly Failure[]): readonly { readonly finding: Finding; readonly subject?: SourcedObject }[] {
  const bySubject = new Map<SourcedObject | undefined, Failure[]>();
  for (const failure of failures) {
    const list = bySubject.get(failure.subject);
    if (list === undefined) bySubject.set(failure.subject, [failure]);
    else list.push(failure);
  }
  return [...bySubject].map(([subject, list]) => ({
    subject,
    finding: {
      check: 'malformed-object',
      severity: 'error',
      source: subject?.source ?? '(all objects)',
      object: subject === undefined ? 'several objects' : describe(subject.object),
      message: `could not be read by ${list.map(({ check }) => check).join(', ')}: ${list[0]?.error}`,
      why: 'A field has another type than Kubernetes expects: the API server refuses the object, and these checks did not see it.',
      mend: 'Correct the type of the field; kubectl apply --dry-run=server names it.',
    },
  }));
}

function attempt(check: Check, objects: readonly SourcedObject[], facts: Partial<ClusterFacts>) {
  const reports: Report[] = [];
  try {
    for (const report of check.run(objects, facts)) reports.push(report);
    return { reports, error: undefined };
  } catch (error) {
    return { reports, error: messageOf(error) };
  }
}

/** Messages of parsers quote what they could not parse, which may be a secret. */
function messageOf(error: unknown): string {
  if (error instanceof SyntaxError || !(error instanceof Error)) return 'a value could not be parsed';
  return error.message;
}
