import type { Check } from '../check';
import { at, listAt, show } from '../plain';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { specField } from '../security/standard/control';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export const containerNames: Check = {
  id: 'container-names',
  title: 'A pod has containers, each with a name of its own that is a DNS label.',
  severity: 'error',
  why: 'The API server refuses the pods; patches and kubectl tell containers apart by name.',
  mend: 'Give each container a name of at most 63 lower-case letters, digits and hyphens that no other has.',
  *run(objects) {
    for (const template of podIndex(objects).templates) {
      const { subject } = template;
      if (listAt(template.spec, 'containers').length === 0) {
        yield { subject, field: `${specField(template)}.containers`, message: 'the pod has no containers; expected at least one' };
      }
      const seen = new Set<unknown>();
      for (const { container, field } of containersOf(template)) {
        const name = at(container, 'name');
        const report = { subject, field: `${field}.name` };
        if (typeof name !== 'string' || !DNS_LABEL.test(name))
          yield { ...report, message: `the name is ${show(name)}; expected a DNS label` };
        else if (seen.has(name)) yield { ...report, message: `another container of the pod is named ${name}; expected a name of its own` };
        seen.add(name);
      }
    }
  },
};
