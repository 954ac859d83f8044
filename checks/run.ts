import { describe, type SourcedObject } from '../synth/object';
import type { Check, Finding, Report } from './check';
import { exemptionFindings, exemptionsOf } from './exemptions';
import type { ClusterFacts } from './facts';
import { allChecks } from './index';
import { type Failure, failureFindings, reportsOf } from './malformed';

/** A check that could not run because facts about the cluster are missing. */
export interface NotRun {
  readonly check: string;
  readonly missing: readonly (keyof ClusterFacts)[];
}

/** A finding that an annotation of its object suppresses. */
export interface Exempted {
  readonly finding: Finding;
  readonly reason: string;
}

/** What all checks say about the objects of one cluster. */
export interface CheckResult {
  /** In the order of the objects, then of the checks. */
  readonly findings: readonly Finding[];
  /** In the order of the checks. */
  readonly notRun: readonly NotRun[];
  /** Ids of the checks that ran over every object and found nothing that is not exempted. */
  readonly passed: readonly string[];
  readonly exempted: readonly Exempted[];
}

/** A finding with its object; without one it concerns no single object. */
export interface Located {
  readonly finding: Finding;
  readonly subject?: SourcedObject;
}

/**
 * Runs checks over the objects of one cluster. Never throws: an object that a check cannot digest is an error finding, and the check still runs over the others.
 * @param facts what is known of the cluster; a check that needs more is in `notRun`
 */
export function runChecks(
  objects: readonly SourcedObject[],
  facts: Partial<ClusterFacts>,
  checks: readonly Check[] = allChecks,
): CheckResult {
  const located: Located[] = [];
  const notRun: NotRun[] = [];
  const passed: string[] = [];
  const exempted: Exempted[] = [];
  const failures: Failure[] = [];
  const exemptions = exemptionsOf(objects);

  for (const check of checks) {
    const missing = (check.needs ?? []).filter((fact) => facts[fact] === undefined);
    if (missing.length > 0) {
      notRun.push({ check: check.id, missing });
      continue;
    }
    const { reports, failed } = reportsOf(check, objects, facts);
    failures.push(...failed);
    const before = located.length;
    for (const report of reports) {
      const finding = toFinding(check, report);
      const reason = exemptions.get(report.subject)?.use(check.id);
      if (reason === undefined) located.push({ finding, subject: report.subject });
      else exempted.push({ finding, reason });
    }
    if (located.length === before && failed.length === 0) passed.push(check.id);
  }

  located.push(...failureFindings(failures));
  const skipped = new Set(notRun.map(({ check }) => check));
  located.push(...exemptionFindings(exemptions, new Set(checks.map(({ id }) => id)), skipped));
  const position = new Map(objects.map((subject, i) => [subject, i]));
  const at = ({ subject }: Located) => (subject === undefined ? undefined : position.get(subject)) ?? objects.length;
  located.sort((a, b) => at(a) - at(b));
  return { findings: located.map(({ finding }) => finding), notRun, passed, exempted };
}

function toFinding(check: Check, report: Report): Finding {
  return {
    check: check.id,
    severity: report.severity ?? check.severity,
    source: report.subject.source,
    object: describe(report.subject.object),
    ...(report.field === undefined ? {} : { field: report.field }),
    message: report.message,
    why: report.why ?? check.why,
    mend: report.mend ?? check.mend,
  };
}
