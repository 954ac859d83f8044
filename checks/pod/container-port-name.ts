import { at, listAt, textAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';

export const containerPortName: Check = {
  id: 'container-port-name',
  title: 'Ports of containers have names.',
  severity: 'warning',
  why: 'Services, probes, NetworkPolicies and monitors that refer to a number break silently when the number changes.',
  mend: 'Name the port, as http or metrics, and refer to it by that name.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      for (const [i, port] of listAt(container, 'ports').entries()) {
        if (textAt(port, 'name') !== undefined) continue;
        const message = `port ${at(port, 'containerPort')} of container ${container.name} has no name; expected one`;
        yield { subject: template.subject, field: `${field}.ports[${i}].name`, message };
      }
    }
  },
};
