import { type AlertmanagerChoices, alertmanager, alertmanagerRequests } from '../alertmanager';
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
}

/** What collects metrics, judges them and tells people. */
export function monitoring(cluster: Cluster, choices: MonitoringChoices): readonly PlatformComponent[] {
  return [
    prometheusOperator(cluster, [...prometheusPods(cluster, choices.prometheus), ...alertmanagerRequests(cluster)]),
    prometheusServer(cluster, choices.prometheus),
    alertmanager(cluster, choices.alertmanager),
    kubeStateMetrics(cluster),
    nodeExporter(cluster),
  ];
}
