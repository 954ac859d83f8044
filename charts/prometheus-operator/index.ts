import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { PrometheusOperatorChart } from './chart';
import { MONITORING_NAMESPACE, monitoringNamespace, type Requested } from './namespace';
import { NAME, prometheusOperatorNetwork } from './network';

export { RELOADER_REQUESTS } from './chart';
export { MONITORING_NAMESPACE, type Requested } from './namespace';

/**
 * The operator that runs Prometheus and Alertmanager, and the namespace of all three. The definitions of its custom resources are an
 * Application of their own in every cluster: monitors stand in clusters without it too.
 * @param sized - pods in the namespace whose size the cluster chooses, for its quota
 */
export function prometheusOperator(cluster: Cluster, sized: readonly Requested[]): PlatformComponent {
  return {
    runs: [catalogue['prometheus-operator']],
    namespaces: [monitoringNamespace(cluster, sized)],
    network: prometheusOperatorNetwork(cluster),
    deliver: (app, { edges }) => [
      {
        chart: new PrometheusOperatorChart(app, NAME, cluster, edges),
        namespace: MONITORING_NAMESPACE,
        provides: [service(NAME)],
        needs: [crds('monitoring.coreos.com'), ...(cluster.mesh ? [service('mesh')] : [])],
      },
    ],
  };
}
