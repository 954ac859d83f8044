import type { SourcedObject } from '../../synth/object';
import { at } from '../at';
import type { Check, Report } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { isNativeSidecar } from './kinds';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
export const probeSettings: Check = {
  id: 'probe-settings',
  title: 'Probes ask in exactly one way, and only containers that stay have any.',
  severity: 'error',
  why: 'The API server refuses the pods.',
  mend: 'Give the probe exactly one of exec, httpGet, tcpSocket and grpc.',
  *run(objects) {
    for (const entry of podIndex(objects).templates.flatMap(containersOf)) {
      for (const name of PROBES) {
        const probe = at(entry.container, name);
        if (probe === undefined) continue;
        const { subject } = entry.template;
        const field = `${entry.field}.${name}`;
        if (entry.init && !isNativeSidecar(entry)) {
          yield { subject, field, message: `init container ${entry.container.name} has a ${name}; expected none: it runs until it ends` };
        } else yield* inProbe(subject, field, name, probe);
      }
    }
  },
};

function* inProbe(subject: SourcedObject, field: string, name: string, probe: unknown): Iterable<Report> {
  const handlers = HANDLERS.filter((handler) => at(probe, handler) !== undefined);
  if (handlers.length !== 1) {
    yield {
      subject,
      field,
      message: `the probe asks by ${handlers.join(' and ') || 'nothing'}; expected exactly one of ${HANDLERS.join(', ')}`,
    };
  }
  if (name === 'readinessProbe' && at(probe, 'terminationGracePeriodSeconds') !== undefined) {
    yield {
      subject,
      field: `${field}.terminationGracePeriodSeconds`,
      message: 'a readinessProbe has terminationGracePeriodSeconds; expected none: it ends nothing',
    };
  }
  const [period, timeout] = [at(probe, 'periodSeconds') ?? 10, at(probe, 'timeoutSeconds') ?? 1];
  if (typeof period === 'number' && typeof timeout === 'number' && timeout > period) {
    yield {
      subject,
      field: `${field}.timeoutSeconds`,
      severity: 'warning',
      message: `timeoutSeconds is ${timeout}, longer than the period of ${period}; expected at most ${period}`,
      why: 'The kubelet waits for one answer past the time of the next question, so failures are noticed later than the numbers say.',
    };
  }
}
