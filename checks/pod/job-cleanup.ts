import { at } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { isHook } from './kinds';

const TTL = 'ttlSecondsAfterFinished';

/** Who deletes finished Jobs: Argo CD or Helm those that are hooks, a CronJob its own, the TTL controller all others. */
export const jobCleanup: Check = {
  id: 'job-cleanup',
  title: 'Finished Jobs are deleted once, by whoever is in charge of them.',
  severity: 'warning',
  why: 'Jobs that nobody deletes pile up with their pods; one that is deleted behind the back of its owner is run again or waited for.',
  mend: 'Make a Job of an Argo CD Application a hook without TTL; give any other Job a TTL, and a CronJob history limits instead of one.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      const { kind } = subject.object;
      if (kind === 'CronJob' && at(subject.object, 'spec', 'jobTemplate', 'spec', TTL) !== undefined) {
        yield {
          subject,
          field: `spec.jobTemplate.spec.${TTL}`,
          message: `Jobs of a CronJob have ${TTL}; expected the history limits of the CronJob alone`,
        };
      }
      if (kind !== 'Job') continue;
      const ttl = at(subject.object, 'spec', TTL) !== undefined;
      const field = `spec.${TTL}`;
      if (isHook(template)) {
        if (ttl)
          yield {
            subject,
            field,
            message: `a hook has ${TTL}, so it may be gone before its result is read; expected hook-delete-policy alone`,
          };
      } else if (subject.application !== undefined) {
        const message = `the Job is no hook of Application ${subject.application}; expected the annotation argocd.argoproj.io/hook`;
        const why = 'A Job cannot be changed, so the next image makes the sync fail; and when it is deleted, Argo CD runs it again.';
        yield { subject, field: 'metadata.annotations', message, why };
      } else if (!ttl) yield { subject, field, message: `the Job has no ${TTL}, so it stays for ever; expected a number of seconds` };
    }
  },
};
