import { describe, type SourcedObject } from '../synth/object';
import type { Check, Finding, Report } from './check';
import { exemptionFindings, exemptionsOf } from './exemptions';
import type { ClusterFacts } from './facts';
import { allChecks } from './index';

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
  /** Ids of the checks that ran and found nothing that is not exempted. */
  readonly passed: readonly string[];
  readonly exempted: readonly Exempted[];
}

/**
 * Runs checks over the objects of one cluster. Never throws: a check that throws is an error finding of its own, and the others still run.
 * @param facts what is known of the cluster; a check that needs more is in `notRun`
 */
export function runChecks(
  objects: readonly SourcedObject[],
  facts: Partial<ClusterFacts>,
  checks: readonly Check[] = allChecks,
): CheckResult {
  const findings: { readonly finding: Finding; readonly subject?: SourcedObject }[] = [];
  const notRun: NotRun[] = [];
  const passed: string[] = [];
  const exempted: Exempted[] = [];
  const exemptions = exemptionsOf(objects);

  for (const check of checks) {
    const missing = (check.needs ?? []).filter((fact) => facts[fact] === undefined);
    if (missing.length > 0) {
      notRun.push({ check: check.id, missing });
      continue;
    }
    const before = findings.length;
    try {
      for (const report of check.run(objects, facts)) {
        const finding = toFinding(check, report);
        const reason = exemptions.get(report.subject)?.use(check.id);
        if (reason === undefined) findings.push({ finding, subject: report.subject });
        else exempted.push({ finding, reason });
      }
    } catch (error) {
      findings.push({ finding: crash(check, error) });
    }
    if (findings.length === before) passed.push(check.id);
  }

  const skipped = new Set(notRun.map(({ check }) => check));
  findings.push(...exemptionFindings(exemptions, new Set(checks.map(({ id }) => id)), skipped));
  const position = new Map(objects.map((subject, i) => [subject, i]));
  const at = (subject: SourcedObject | undefined) => (subject === undefined ? objects.length : (position.get(subject) ?? objects.length));
  findings.sort((a, b) => at(a.subject) - at(b.subject));
  return { findings: findings.map(({ finding }) => finding), notRun, passed, exempted };
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

/** A check meets objects that no API server has validated; what it cannot digest must not pass for "nothing found". */
function crash(check: Check, error: unknown): Finding {
  return {
    check: check.id,
    severity: 'error',
    source: '(all objects)',
    object: `check ${check.id}`,
    message: `the check failed: ${error instanceof Error ? error.message : String(error)}`,
    why: 'An object has a shape that the check did not expect, so what it would have found is not known.',
    mend: 'Look for an object whose fields have the wrong type; if all are right, mend the check.',
  };
}
