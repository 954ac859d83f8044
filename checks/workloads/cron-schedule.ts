import type { KubeObject } from '../../synth/object';
import { groupOf } from '../../synth/object';
import { at, listAt, shown, textAt } from '../at';
import type { Check } from '../check';
import { cronProblem } from './cron';

/** Schedules are ones that the controller can read. */
export const cronSchedule: Check = {
  id: 'cron-schedule',
  title: 'Cron expressions are valid, of five fields or a macro, and time zones exist.',
  severity: 'error',
  why: 'The API server refuses the object, or the job never runs and nobody notices.',
  mend: 'Write minute 0-59, hour 0-23, day of month 1-31, month 1-12, day of week 0-6 (or names), or @daily and the like.',
  *run(objects) {
    for (const subject of objects) {
      for (const [field, schedule] of schedules(subject.object)) {
        const problem = cronProblem(schedule);
        if (problem !== undefined) yield { subject, field, message: `${shown(schedule)} is no schedule: ${problem}` };
      }
      if (subject.object.kind !== 'CronJob') continue;
      const zone = at(subject.object, 'spec', 'timeZone');
      if (zone === undefined || isTimeZone(zone)) continue;
      const mend = 'Use a name of the time zone database, with its capitals, as Etc/UTC or Europe/Berlin.';
      yield { subject, field: 'spec.timeZone', message: `${shown(zone)} is no time zone`, mend };
    }
  },
};

/** Every cron expression of an object, with its path. */
function schedules(object: KubeObject): readonly (readonly [string, unknown])[] {
  const group = groupOf(object);
  switch (object.kind) {
    case 'CronJob':
      return [['spec.schedule', at(object, 'spec', 'schedule')]];
    case 'Schedule':
      return group === 'velero.io' ? [['spec.schedule', at(object, 'spec', 'schedule')]] : [];
    case 'AppProject':
      return listAt(object, 'spec', 'syncWindows').map((window, i) => [`spec.syncWindows[${i}].schedule`, at(window, 'schedule')]);
    case 'ScaledObject':
      return listAt(object, 'spec', 'triggers').flatMap((trigger, i) =>
        textAt(trigger, 'type') === 'cron'
          ? ['start', 'end'].map((key) => [`spec.triggers[${i}].metadata.${key}`, at(trigger, 'metadata', key)] as const)
          : [],
      );
    default:
      return [];
  }
}

/** Only names: the API server refuses offsets, and is particular about capitals. */
function isTimeZone(zone: unknown): boolean {
  if (typeof zone !== 'string' || !/^[A-Za-z][\w+/-]*$/.test(zone)) return false;
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    return resolved === zone || resolved.toLowerCase() !== zone.toLowerCase();
  } catch {
    return false;
  }
}
