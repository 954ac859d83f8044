import { at, listAt, numberAt } from '../at';
import type { Check } from '../check';
import { minorOf } from '../kubernetes-minor';
import { podIndex } from '../pod-index';
import { type Container, containersOf } from '../pods';

const DEFAULT_GRACE_SECONDS = 30;
/** The first minor in which `preStop.sleep` is on by default. */
const SLEEP_ACTION = 30;

/** A container has time to end after its preStop hook. */
export const terminationGrace: Check = {
  id: 'termination-grace',
  title: 'The termination grace period is longer than the sleep of every preStop hook.',
  severity: 'error',
  why: 'The grace period runs during the hook: when it is over, the container is killed in the middle of its requests.',
  mend: 'Raise terminationGracePeriodSeconds, or shorten the sleep.',
  *run(objects, { kubernetes }) {
    const minor = minorOf(kubernetes);
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      const grace = template.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
      for (const { container, field } of containersOf(template)) {
        const sleep = sleepOf(container);
        const place = `${field}.lifecycle.preStop`;
        if (sleep !== undefined && sleep >= grace) {
          const severity = sleep > grace ? 'error' : 'warning';
          yield { subject, field: place, severity, message: `preStop sleeps ${sleep} s, and terminationGracePeriodSeconds is ${grace}` };
        }
        if (at(container, 'lifecycle', 'preStop', 'sleep') !== undefined && minor !== undefined && minor < SLEEP_ACTION) {
          const message = `preStop.sleep needs Kubernetes 1.${SLEEP_ACTION}, and the cluster runs ${kubernetes}`;
          const why = 'The API server drops the field and refuses the hook that is then empty.';
          yield { subject, field: `${place}.sleep`, message, why, mend: 'Use exec with the command sleep.' };
        }
      }
    }
  },
};

/** Seconds that a hook sleeps: by the sleep action, or a command `sleep 15`, also inside a shell. */
function sleepOf(container: Container): number | undefined {
  const hook = at(container, 'lifecycle', 'preStop');
  const seconds = numberAt(hook, 'sleep', 'seconds');
  if (seconds !== undefined) return seconds;
  const command = listAt(hook, 'exec', 'command').join(' ');
  const sleeps = [...command.matchAll(/(?:^|[\s/;&])sleep\s+(\d+(?:\.\d+)?)(?=$|[\s;&s"'])/g)];
  return sleeps.length === 0 ? undefined : sleeps.reduce((sum, [, number]) => sum + Number(number), 0);
}
