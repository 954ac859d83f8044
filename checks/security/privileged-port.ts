import { at, listAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';

/** Runtimes of today let every process bind any port, but not all do; port 22 is a way in that nobody watches. */
export const privilegedPort: Check = {
  id: 'privileged-port',
  title: 'Containers listen on ports above 1023, and none on that of SSH.',
  severity: 'warning',
  why: 'Below 1024 a process needs root or a capability on many runtimes, and pods have neither.',
  mend: 'Let the program listen on a higher port and the Service map the low one to it.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      for (const [i, entry] of listAt(container, 'ports').entries()) {
        const port = at(entry, 'containerPort');
        if (typeof port !== 'number' || port < 1 || port > 1023) continue;
        const report = { subject: template.subject, field: `${field}.ports[${i}].containerPort` };
        if (port !== 22) yield { ...report, message: `container ${container.name} listens on ${port}; expected a port above 1023` };
        else {
          yield {
            ...report,
            severity: 'error',
            message: `container ${container.name} listens on 22, the port of SSH; expected no SSH server in a pod`,
            why: 'An SSH server is a way into the pod past the API server, its RBAC and its audit log.',
            mend: 'Remove the server and use kubectl exec or debug; a program that is no SSH server gets another port.',
          };
        }
      }
    }
  },
};
