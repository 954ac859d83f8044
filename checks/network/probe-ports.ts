import { at, shown, textAt } from '../at';
import type { Check, Report } from '../check';
import { podIndex } from '../pod-index';
import { type Container, containersOf } from '../pods';
import { containerPorts, isPort, listPorts } from './ports';

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;

/** Probes and hooks call ports that their container has. */
export const probePorts: Check = {
  id: 'probe-ports',
  title: 'Probes and lifecycle hooks call a port that their container declares, on an absolute path.',
  severity: 'error',
  why: 'The probe never succeeds: the pod gets no traffic, or is restarted again and again.',
  mend: 'Name a port that the container declares, or declare the port.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      for (const { container, field } of containersOf(template)) {
        for (const probe of PROBES) {
          for (const problem of problems(container, container[probe], `${field}.${probe}`)) yield { subject: template.subject, ...problem };
        }
        for (const hook of HOOKS) {
          const place = `${field}.lifecycle.${hook}`;
          for (const problem of problems(container, container.lifecycle?.[hook], place)) yield { subject: template.subject, ...problem };
        }
      }
    }
  },
};

function* problems(container: Container, handler: unknown, field: string): Iterable<Omit<Report, 'subject'>> {
  for (const action of ['httpGet', 'tcpSocket', 'grpc']) {
    if (at(handler, action) === undefined) continue;
    // A call to another host is none to this container.
    if (at(handler, action, 'host') !== undefined) continue;
    const port = at(handler, action, 'port');
    const declared = containerPorts(container);
    const place = `${field}.${action}.port`;
    if (typeof port !== 'string' && !isPort(port)) {
      yield { field: place, message: `the port is ${shown(port)}, expected a number from 1 to 65535, or a name` };
    } else if (!declared.some((candidate) => candidate.name === port || candidate.port === port)) {
      yield { field: place, message: `container ${container.name} declares no port ${shown(port)}; declared: ${listPorts(declared)}` };
    }
    const path = action === 'httpGet' ? textAt(handler, action, 'path') : undefined;
    if (path !== undefined && !path.startsWith('/')) {
      yield {
        field: `${field}.httpGet.path`,
        severity: 'warning',
        message: `the path is ${shown(path)}, expected one that begins with /`,
        why: 'What is called then depends on how the kubelet joins host and path.',
        mend: 'Begin the path with /.',
      };
    }
  }
}
