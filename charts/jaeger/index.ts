import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { service } from '../gitops';
import { TRACING_NAMESPACE } from '../otel-collector/names';
import type { PlatformComponent } from '../platform/component';
import { JaegerChart } from './chart';
import type { JaegerChoices } from './choices';
import { JAEGER } from './names';
import { jaegerNetwork } from './network';

export type { JaegerChoices, TraceStorage } from './choices';
export * from './names';
export { jaegerParty } from './network';

/** Jaeger, which keeps traces and shows them. Its namespace comes with the collector that sends them. */
export function jaeger(cluster: Cluster, choices: JaegerChoices = {}): PlatformComponent {
  return {
    runs: [catalogue.jaeger],
    namespaces: [],
    network: jaegerNetwork(cluster),
    deliver: (app, { edges }) => [
      {
        chart: new JaegerChart(app, JAEGER, cluster, choices, edges),
        namespace: TRACING_NAMESPACE,
        provides: [service(JAEGER)],
        needs: cluster.mesh ? [service('mesh')] : [],
      },
    ],
  };
}
