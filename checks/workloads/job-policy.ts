import { at, numberAt, shown } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';

/** Retries beyond this back off to hours and hide that a job cannot succeed. */
const MANY_RETRIES = 10;

/** Jobs end. */
export const jobPolicy: Check = {
  id: 'job-policy',
  title: 'Pods of a Job restart on failure or never, and the Job gives up after some retries.',
  severity: 'error',
  why: 'The API server refuses a Job whose pods always restart.',
  mend: 'Set restartPolicy: Never (or OnFailure) in the pod template.',
  *run(objects) {
    for (const { subject, field, spec } of podIndex(objects).templates) {
      const { kind } = subject.object;
      if (kind !== 'Job' && kind !== 'CronJob') continue;
      const policy = spec.restartPolicy;
      if (policy !== 'Never' && policy !== 'OnFailure') {
        yield { subject, field: `${field}.spec.restartPolicy`, message: `restartPolicy is ${shown(policy)}, expected Never or OnFailure` };
      }
      const path = kind === 'Job' ? ['spec'] : ['spec', 'jobTemplate', 'spec'];
      const retries = numberAt(subject.object, ...path, 'backoffLimit');
      if (retries !== undefined && retries > MANY_RETRIES) {
        yield {
          subject,
          field: `${path.join('.')}.backoffLimit`,
          severity: 'warning',
          message: `backoffLimit is ${retries}, expected at most ${MANY_RETRIES}`,
          why: 'The pause doubles up to six minutes: a job that cannot succeed runs for hours before anyone is told.',
          mend: 'Lower backoffLimit, or set activeDeadlineSeconds.',
        };
      }
      const completions = numberAt(subject.object, ...path, 'completions');
      if (at(subject.object, ...path, 'completionMode') === 'Indexed' && completions === undefined) {
        yield {
          subject,
          field: `${path.join('.')}.completions`,
          message: 'completionMode is Indexed, but completions is missing',
          why: 'The API server refuses the Job.',
          mend: 'Set completions.',
        };
      }
    }
  },
};
