import { type AlertmanagerChoices, alertmanager, alertmanagerRequests } from '../alertmanager';
import { type AlertGroup, alerts } from '../alerts';
import type { Cluster } from '../cluster';
import { kubeStateMetrics } from '../kube-state-metrics';
import { nodeExporter } from '../node-exporter';
import { type PrometheusChoices, prometheusPods, prometheusServer } from '../prometheus';
import { prometheusOperator } from '../prometheus-operator';
import type { PlatformComponent } from './component';

/** How a cluster is watched. */
export interface MonitoringChoices {
  readonly prometheus: PrometheusChoices;
  readonly alertmanager: AlertmanagerChoices;
  /** Alerts beside those of the components, as `documentDatabase`. @default - none */
  readonly alerts?: readonly AlertGroup[];
}

/**
 * What collects metrics, judges them and tells people.
 * @param others - what runs beside it: alerts follow from that
 */
export function monitoring(
  cluster: Cluster,
  choices: MonitoringChoices,
  others: readonly PlatformComponent[],
): readonly PlatformComponent[] {
  return [
    prometheusOperator(cluster, [...prometheusPods(cluster, choices.prometheus), ...alertmanagerRequests(cluster)]),
    prometheusServer(cluster, choices.prometheus),
    alertmanager(cluster, choices.alertmanager),
    kubeStateMetrics(cluster),
    nodeExporter(cluster),
    alerts(cluster, {
      runs: others.flatMap(({ runs }) => runs.map(({ name }) => name)),
      heartbeat: choices.alertmanager.heartbeat === true,
      more: choices.alerts ?? [],
    }),
  ];
}
