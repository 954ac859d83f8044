import { catalogue } from '../catalogue';
import type { Cluster } from '../cluster';
import { crds, service } from '../gitops';
import type { PlatformComponent } from '../platform/component';
import { crdsUnit } from '../platform/crds-unit';
import { PrometheusOperatorChart } from './chart';
import { MONITORING_NAMESPACE, monitoringNamespace, type Requested } from './namespace';
import { NAME, prometheusOperatorNetwork } from './network';

export { RELOADER_REQUESTS } from './chart';
export { MONITORING_NAMESPACE, type Requested } from './namespace';

/**
 * The operator that runs Prometheus and Alertmanager, the definitions of its custom resources, and the namespace of all three.
 * @param sized - pods in the namespace whose size the cluster chooses, for its quota
 */
export function prometheusOperator(cluster: Cluster, sized: readonly Requested[]): PlatformComponent {
  return {
    runs: [catalogue['prometheus-operator']],
    namespaces: [monitoringNamespace(cluster, sized)],
    network: prometheusOperatorNetwork(cluster),
    deliver: (app, { edges }) => [
      { unit: crdsUnit(catalogue['prometheus-operator'], cluster, ['monitoring.coreos.com']) },
      {
        chart: new PrometheusOperatorChart(app, NAME, cluster, edges),
        namespace: MONITORING_NAMESPACE,
        provides: [service(NAME)],
        needs: [crds('monitoring.coreos.com'), ...(cluster.mesh ? [service('mesh')] : [])],
      },
    ],
  };
}
