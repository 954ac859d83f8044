import { at, listAt, textAt } from '../at';
import type { Check } from '../check';
import { podIndex } from '../pod-index';
import { containersOf, type PodTemplate } from '../pods';
import { demandOf, quantity } from './demand';
import { bytes } from './units';

/** Size limits from which on a volume weighs on a node's disk. */
const LARGE = 2 ** 30;

/** The scheduler knows of the disk that a pod may fill. */
export const scratchRequested: Check = {
  id: 'scratch-requested',
  title: 'A pod that mounts emptyDirs of 1Gi or more on disk requests as much ephemeral-storage as their size limits allow.',
  severity: 'warning',
  why: 'The scheduler puts pods on one node whose files outgrow its disk, and the kubelet then evicts some of them.',
  mend: 'Request the sum of the size limits as ephemeral-storage, or lower them to what the pod writes.',
  *run(objects, facts) {
    const demand = demandOf(objects, facts);
    for (const template of podIndex(objects).templates) {
      const large = largeEmptyDirs(template);
      if (large.size === 0) continue;
      const mounting = containersOf(template)
        .map((each) => ({ ...each, mounts: listAt(each.container, 'volumeMounts').map((mount) => textAt(mount, 'name') ?? '') }))
        .filter(({ mounts }) => mounts.some((name) => large.has(name)));
      const mounted = [...large].filter(([name]) => mounting.some(({ mounts }) => mounts.includes(name)));
      const wanted = mounted.reduce((sum, [, limit]) => sum + limit, 0);
      const requested = demand(template)['ephemeral-storage'];
      // Told once, of the container that stays.
      const main = mounting.find(({ init }) => !init) ?? mounting[0];
      if (main === undefined || requested >= wanted) continue;
      const volumes = mounted.map(([name, limit]) => `${name} ${bytes(limit)}`).join(', ');
      const message = `container ${main.container.name} mounts emptyDirs on disk; the pod's large ones (${volumes}) may grow to ${bytes(wanted)}, but it requests ${bytes(requested)} ephemeral-storage`;
      yield { subject: template.subject, field: `${main.field}.resources.requests.ephemeral-storage`, message };
    }
  },
};

/** Size limits of a pod's large emptyDirs by name. One in memory counts as memory. */
function largeEmptyDirs({ spec }: PodTemplate): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const volume of listAt(spec, 'volumes')) {
    const size = quantity(at(volume, 'emptyDir', 'sizeLimit'));
    if (size >= LARGE && textAt(volume, 'emptyDir', 'medium') === undefined) found.set(textAt(volume, 'name') ?? '', size);
  }
  return found;
}
