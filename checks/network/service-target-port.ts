import { describe } from '../../synth/object';
import { at, listAt, mapAt, shown, textAt } from '../at';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import type { LabelSelector } from '../selectors';
import { listPorts, portsOf } from './ports';

/** A Service sends to ports that the pods behind it have. */
export const serviceTargetPort: Check = {
  id: 'service-target-port',
  title: 'The target port of a Service is declared by a container of the pods that it selects.',
  severity: 'error',
  why: 'Calls to that port of the Service reach no container: refused, or no endpoint at all.',
  mend: 'Name a port that the container declares, or declare it in the container.',
  *run(objects) {
    const index = podIndex(objects);
    for (const subject of objects) {
      const { object } = subject;
      const matchLabels = mapAt(object, 'spec', 'selector');
      if (object.kind !== 'Service' || object.apiVersion !== 'v1' || Object.keys(matchLabels).length === 0) continue;
      const templates = index.select(namespaceOf(object), { matchLabels } as LabelSelector);
      if (templates.length === 0) continue;
      const ports = templates.flatMap(portsOf);
      const pods = templates.map((template) => describe(template.subject.object)).join(', ');
      for (const [i, port] of listAt(object, 'spec', 'ports').entries()) {
        const target = at(port, 'targetPort') ?? at(port, 'port');
        const protocol = textAt(port, 'protocol') ?? 'TCP';
        const found = ports.some((declared) =>
          typeof target === 'string' ? declared.name === target && declared.protocol === protocol : declared.port === target,
        );
        if (found) continue;
        const field = `spec.ports[${i}].targetPort`;
        const message = `${pods} declares no ${protocol} port ${shown(target)}; declared: ${listPorts(ports)}`;
        // A container may listen without saying so: only where none declares anything is that the likely case.
        yield { subject, field, message, severity: typeof target === 'number' && ports.length === 0 ? 'warning' : 'error' };
      }
    }
  },
};
