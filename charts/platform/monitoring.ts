import { type AlertmanagerChoices, alertmanager, alertmanagerRequests } from '../alertmanager';
import { type AlertGroup, alerts } from '../alerts';
import type { Cluster } from '../cluster';
import { type GrafanaChoices, grafana, sourcesAmong } from '../grafana';
import { kubeStateMetrics } from '../kube-state-metrics';
import { nodeExporter } from '../node-exporter';
import { type PrometheusChoices, prometheusPods, prometheusServer } from '../prometheus';
import { prometheusOperator } from '../prometheus-operator';
import type { ResolvedWorkload } from '../workload/resolve';
import type { PlatformComponent } from './component';

/** How a cluster is watched. */
export interface MonitoringChoices {
  readonly prometheus: PrometheusChoices;
  readonly alertmanager: AlertmanagerChoices;
  /** Alerts beside those of the components, as `documentDatabase`. @default - none */
  readonly alerts?: readonly AlertGroup[];
  /** Dashboards of all that runs. @default - none; Prometheus is asked by itself */
  readonly grafana?: GrafanaChoices;
}

/**
 * What collects metrics, judges them and tells people.
 * @param others - what runs beside it: alerts and dashboards follow from that
 * @param workloads - those that dashboards are made for @default - none
 */
export function monitoring(
  cluster: Cluster,
  choices: MonitoringChoices,
  others: readonly PlatformComponent[],
  workloads: readonly ResolvedWorkload[] = [],
): readonly PlatformComponent[] {
  const watching = [
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
  if (choices.grafana === undefined) return watching;
  const parties = [...others, ...watching].flatMap(({ network }) => network.parties);
  return [...watching, grafana(cluster, workloads, choices.grafana, sourcesAmong(parties))];
}
