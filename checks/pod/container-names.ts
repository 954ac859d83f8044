import { at, isMap, listAt, shown } from '../at';
import type { Check } from '../check';
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
      for (const list of ['initContainers', 'containers']) {
        const value = at(template.spec, list);
        const field = `${specField(template)}.${list}`;
        if (value !== undefined && !Array.isArray(value)) {
          yield { subject, field, message: `${list} is ${shown(value)}; expected a list` };
        } else if (list === 'containers' && listAt(value).length === 0) {
          yield { subject, field, message: 'the pod has no containers; expected at least one' };
        }
        for (const [i, item] of listAt(value).entries()) {
          if (!isMap(item))
            yield { subject, field: `${field}[${i}]`, message: `the container is ${shown(item)}; expected a map with a name` };
        }
      }
      const seen = new Set<unknown>();
      for (const { container, field } of containersOf(template)) {
        const name = at(container, 'name');
        const report = { subject, field: `${field}.name` };
        if (typeof name !== 'string' || !DNS_LABEL.test(name))
          yield { ...report, message: `the name is ${shown(name)}; expected a DNS label` };
        else if (seen.has(name)) yield { ...report, message: `another container of the pod is named ${name}; expected a name of its own` };
        seen.add(name);
      }
    }
  },
};
