import { shown } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { isPort, portNameProblem } from './ports';

/** Ports that containers declare are valid and meant once. */
export const containerPortsValid: Check = {
  id: 'container-ports',
  title: 'Ports of containers are in range and well named, and no two in a pod are the same.',
  severity: 'error',
  why: 'The API server refuses such a pod; of two equal ports or names, only one gets the traffic.',
  mend: 'Give every port a number from 1 to 65535 and a name of at most 15 characters that no other port of the pod has.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      const names = new Map<string, string>();
      const numbers = new Map<string, string>();
      for (const { container, field, init } of containersOf(template)) {
        // Ordinary init containers are gone before the others listen.
        if (init && container.restartPolicy !== 'Always') continue;
        for (const [i, port] of (container.ports ?? []).entries()) {
          const place = `${field}.ports[${i}]`;
          const at = `container ${container.name}`;
          if (!isPort(port.containerPort)) {
            const message = `containerPort is ${shown(port.containerPort)}, expected a number from 1 to 65535`;
            yield { subject, field: `${place}.containerPort`, message };
          }
          const number = `${port.protocol ?? 'TCP'} ${port.containerPort}`;
          const taken = numbers.get(number);
          if (taken !== undefined) yield { subject, field: `${place}.containerPort`, message: `${number} is already a port of ${taken}` };
          numbers.set(number, at);
          if (port.name === undefined) continue;
          const problem = portNameProblem(port.name);
          if (problem !== undefined)
            yield { subject, field: `${place}.name`, message: `the name ${shown(port.name)} is no port name: ${problem}` };
          const holder = names.get(port.name);
          if (holder !== undefined)
            yield { subject, field: `${place}.name`, message: `the name ${port.name} is already used in ${holder}` };
          names.set(port.name, at);
        }
      }
    }
  },
};
