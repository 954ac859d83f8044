import type { SourcedObject } from '../synth/object';
import type { ClusterFacts } from './facts';

/** How bad a finding is: an error stops synth and makes `npm run check` exit 1; a warning is only printed. */
export type Severity = 'error' | 'warning';

/** One thing that is wrong in one object. */
export interface Finding {
  /** Id of the check, in kebab case. */
  readonly check: string;
  readonly severity: Severity;
  /** Construct path or file of the object. */
  readonly source: string;
  /** The object, as {@link describe} names it. */
  readonly object: string;
  /** Path of the field inside the object, as `spec.template.spec.containers[0].ports`. @default - the finding is about the whole object */
  readonly field?: string;
  /** What was found and what was expected, in one sentence with the values. */
  readonly message: string;
  /** Why it matters: what would happen in the cluster. */
  readonly why: string;
  /** How to mend it. */
  readonly mend: string;
}

/** What a check reports for one finding; the runner adds id, severity, source and object. */
export interface Report {
  readonly subject: SourcedObject;
  readonly field?: string;
  readonly message: string;
  /** @default - the check's own `why` */
  readonly why?: string;
  /** @default - the check's own `mend` */
  readonly mend?: string;
  /** @default - the check's own severity */
  readonly severity?: Severity;
}

/** A rule over all objects of one cluster. Pure: the same objects and facts give the same reports, in the same order. */
export interface Check {
  /** In kebab case; the file is named after it. */
  readonly id: string;
  /** One sentence: what must hold. */
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly mend: string;
  /** Facts without which the check says "not run" instead of "passed". @default - none */
  readonly needs?: readonly (keyof ClusterFacts)[];
  run(objects: readonly SourcedObject[], facts: Partial<ClusterFacts>): Iterable<Report>;
}
