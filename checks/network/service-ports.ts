import { at, listAt, shown, textAt } from '../at';
import type { Check, Report } from '../check';
import { isPort, portNameProblem } from './ports';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** The range that the API server allocates node ports from unless it is told otherwise. */
const NODE_PORTS = { min: 30000, max: 32767 };

/** The list of ports of a Service is one that the API server accepts. */
export const servicePorts: Check = {
  id: 'service-ports',
  title: 'Ports of a Service are in range, named where there are several, and not twice in the list.',
  severity: 'error',
  why: 'The API server refuses the Service, so nothing can call the workload.',
  mend: 'Give every port a number from 1 to 65535 and a name of its own.',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      if (object.kind !== 'Service' || object.apiVersion !== 'v1') continue;
      const ports = listAt(object, 'spec', 'ports');
      const type = textAt(object, 'spec', 'type') ?? 'ClusterIP';
      const headless = at(object, 'spec', 'clusterIP') === 'None';
      if (ports.length === 0 && !headless && type !== 'ExternalName') {
        yield { subject, field: 'spec.ports', message: 'the Service has no port' };
      }
      const names = new Set<string>();
      const numbers = new Set<string>();
      for (const [i, port] of ports.entries()) {
        const field = `spec.ports[${i}]`;
        for (const problem of portProblems(port, field, ports.length > 1, type)) yield { subject, ...problem };
        const name = textAt(port, 'name');
        if (name !== undefined && names.has(name))
          yield { subject, field: `${field}.name`, message: `the name ${name} is already used by another port` };
        if (name !== undefined) names.add(name);
        const number = `${textAt(port, 'protocol') ?? 'TCP'} ${shown(at(port, 'port'))}`;
        if (numbers.has(number)) yield { subject, field: `${field}.port`, message: `the port ${number} is already in the list` };
        numbers.add(number);
      }
    }
  },
};

function* portProblems(port: unknown, field: string, several: boolean, type: string): Iterable<Omit<Report, 'subject'>> {
  const range = 'expected a number from 1 to 65535';
  const number = at(port, 'port');
  if (!isPort(number)) yield { field: `${field}.port`, message: `the port is ${shown(number)}, ${range}` };
  const target = at(port, 'targetPort');
  if (typeof target === 'string') {
    const problem = portNameProblem(target);
    if (problem !== undefined) yield { field: `${field}.targetPort`, message: `targetPort ${shown(target)} is no port name: ${problem}` };
  } else if (target !== undefined && !isPort(target)) {
    yield { field: `${field}.targetPort`, message: `targetPort is ${shown(target)}, ${range}` };
  }
  const name = at(port, 'name');
  if (name === undefined) {
    if (several) yield { field: `${field}.name`, message: `port ${shown(number)} has no name, and the Service has several ports` };
  } else if (!DNS_LABEL.test(String(name))) {
    yield { field: `${field}.name`, message: `the name ${shown(name)} is none: at most 63 lower-case letters, digits and hyphens` };
  }
  const nodePort = at(port, 'nodePort');
  if (nodePort === undefined || nodePort === 0) return;
  if (type !== 'NodePort' && type !== 'LoadBalancer') {
    yield { field: `${field}.nodePort`, message: `nodePort is ${shown(nodePort)}, but a Service of type ${type} has no node ports` };
  } else if (typeof nodePort !== 'number' || nodePort < NODE_PORTS.min || nodePort > NODE_PORTS.max) {
    yield { field: `${field}.nodePort`, message: `nodePort is ${shown(nodePort)}, expected ${NODE_PORTS.min} to ${NODE_PORTS.max}` };
  }
}
