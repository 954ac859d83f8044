import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import type { PlatformComponent } from '../platform/component';
import { OVERPROVISIONING_NAMESPACE, OverprovisioningChart } from './chart';
import { checkHeadroom, type Headroom } from './headroom';
import { quotaOf } from './quota';

export { OVERPROVISIONING_NAMESPACE } from './chart';
export type { Headroom } from './headroom';
export { OVERPROVISIONING_CLASS, OVERPROVISIONING_PRIORITY } from './priority';

/**
 * Room that is held free on node groups by pods that give way at once, so that scaling up does not wait for a new node. It costs what
 * it holds: for production. Its pods call nobody and nobody calls them: the namespace's default holds.
 * @throws when no room is named, or one twice
 */
export function overprovisioning(cluster: Cluster, headroom: readonly Headroom[]): PlatformComponent {
  checkHeadroom(headroom, `overlays/${cluster.name}/cluster.ts`);
  return {
    runs: [catalogue.pause],
    namespaces: [{ name: OVERPROVISIONING_NAMESPACE, meshed: false, quota: quotaOf(headroom) }],
    network: { parties: [], edges: [] },
    deliver: (app) => [
      { chart: new OverprovisioningChart(app, 'overprovisioning', cluster, headroom), namespace: OVERPROVISIONING_NAMESPACE },
    ],
  };
}
