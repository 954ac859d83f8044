import { at } from '../at';
import type { Check } from '../check';
import { namespaceOf } from '../lookup';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { containerDefaults, RESOURCES, statedOf } from './limit-range';
import { quotaLimits } from './quotas';

const LISTS = ['requests', 'limits'] as const;

/** Containers state what a quota counts. */
export const quotaNeedsRequests: Check = {
  id: 'quota-needs-requests',
  title: 'Where a ResourceQuota counts requests or limits, every container states them or a LimitRange gives them.',
  severity: 'error',
  why: 'The API server refuses the pods: must specify requests.cpu, or whatever the quota counts.',
  mend: 'State the resource for the container, or give the namespace a LimitRange with defaults.',
  *run(objects) {
    const counted = new Map<string, Set<string>>();
    for (const { namespace, counts } of quotaLimits(objects)) {
      if (counts === 'pods') continue;
      const names = counted.get(namespace) ?? new Set();
      counted.set(namespace, names.add(`${counts.list}.${counts.resource}`));
    }
    if (counted.size === 0) return;
    const defaults = containerDefaults(objects);
    for (const template of podIndex(objects).templates) {
      const { subject, spec } = template;
      const namespace = namespaceOf(subject.object);
      const names = counted.get(namespace);
      if (names === undefined) continue;
      for (const { container, field } of containersOf(template)) {
        const missing = LISTS.flatMap((list) =>
          RESOURCES.filter((resource) => {
            const known =
              statedOf(container, list, resource) ?? at(spec, 'resources', list, resource) ?? defaults.get(namespace)?.[list][resource];
            return names.has(`${list}.${resource}`) && known === undefined;
          }).map((resource) => `${list}.${resource}`),
        );
        if (missing.length === 0) continue;
        const message = `container ${container.name} states no ${missing.join(', ')}, which a quota of namespace ${namespace} counts, and no LimitRange gives it`;
        yield { subject, field: `${field}.resources`, message };
      }
    }
  },
};
