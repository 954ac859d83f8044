import { at } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';

/** A limit alone is a request too: the API server copies it. A cpu limit is not asked for: it throttles programs on idle nodes. */
export const containerResources: Check = {
  id: 'container-resources',
  title: 'Every container requests cpu and memory and has a memory limit.',
  severity: 'error',
  why: 'The scheduler puts pods by their requests: one that states none lands on a full node, is the first to be evicted, and no HPA can compute its use; without a memory limit a leak takes the node down.',
  mend: 'Set resources.requests.cpu, resources.requests.memory and resources.limits.memory from what the program uses.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      const has = (list: string, name: string) => at(container, 'resources', list, name) !== undefined;
      const missing = [
        ...['cpu', 'memory'].filter((name) => !has('requests', name) && !has('limits', name)).map((name) => `requests.${name}`),
        ...(has('limits', 'memory') ? [] : ['limits.memory']),
      ];
      if (missing.length === 0) continue;
      const message = `resources of container ${container.name} lack ${missing.join(', ')}; expected a quantity for each`;
      yield { subject: template.subject, field: `${field}.resources`, message };
    }
  },
};
