import { at, shown } from '../at';
import type { Check } from '../check';

/** A CronJob says what happens when a run is late or long. */
export const cronJobPolicy: Check = {
  id: 'cron-job-policy',
  title: 'A CronJob states concurrencyPolicy, and its deadline and history are numbers that work.',
  severity: 'warning',
  why: 'By default a run that takes longer than the interval is joined by the next one, and both work on the same data.',
  mend: 'Set concurrencyPolicy to Forbid or Replace (or to Allow, where runs may overlap).',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      if (object.kind !== 'CronJob' || object.apiVersion !== 'batch/v1') continue;
      const policy = at(object, 'spec', 'concurrencyPolicy');
      const field = 'spec.concurrencyPolicy';
      if (policy === undefined) yield { subject, field, message: 'concurrencyPolicy is missing, expected Forbid, Replace or Allow' };
      else if (policy !== 'Allow' && policy !== 'Forbid' && policy !== 'Replace') {
        const why = 'The API server refuses the CronJob.';
        yield {
          subject,
          field,
          severity: 'error',
          message: `concurrencyPolicy is ${shown(policy)}, expected Forbid, Replace or Allow`,
          why,
        };
      }
      const deadline = at(object, 'spec', 'startingDeadlineSeconds');
      if (typeof deadline === 'number' && deadline >= 0 && deadline < 10) {
        yield {
          subject,
          field: 'spec.startingDeadlineSeconds',
          severity: 'error',
          message: `startingDeadlineSeconds is ${deadline}, expected at least 10`,
          why: 'The controller looks every ten seconds, so with a shorter deadline runs are skipped.',
          mend: 'Set it to 10 or more; some minutes are usual.',
        };
      }
    }
  },
};
