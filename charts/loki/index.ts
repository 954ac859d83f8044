import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { service } from '../gitops';
import { quotaOf } from '../native/quota';
import type { PlatformComponent } from '../platform/component';
import { LokiChart } from './chart';
import type { LokiChoices } from './choices';
import { LOGGING_NAMESPACE, LOKI } from './names';
import { lokiNetwork } from './network';
import { sizeOf } from './settings';

export type { LokiChoices } from './choices';
export * from './names';
export { LOKI_PODS } from './network';
export { OTHER_TENANT, tenantsOf } from './tenants';

/** Loki, which keeps the logs of all pods in the contract's bucket `logs`, for as long as the environment says. */
export function loki(cluster: Cluster, choices: LokiChoices = {}): PlatformComponent {
  const { replicas, resources } = sizeOf(cluster, choices);
  return {
    runs: [catalogue.loki],
    namespaces: [{ name: LOGGING_NAMESPACE, meshed: false, quota: quotaOf(false, [{ pods: replicas, requests: resources.requests }]) }],
    network: lokiNetwork(cluster),
    deliver: (app, { edges }) => [
      { chart: new LokiChart(app, LOKI, cluster, choices, edges), namespace: LOGGING_NAMESPACE, provides: [service(LOKI)] },
    ],
  };
}
