import { prometheusRule } from '../alerts/render';
import { sloAlerts } from '../alerts/slo';
import type { Running, WorkloadContext } from './context';
import { labelsOf } from './labels';
import { isMeshed } from './mesh';

/**
 * Alerts for the objectives of a workload. The mesh's proxies measure them, so nothing is rendered in a cluster without a mesh.
 * @throws when an objective is no percentage
 */
export function objectives({ scope, workload, cluster }: WorkloadContext<Extract<Running, { readonly kind: 'service' }>>): void {
  const { slo, claims } = workload.props;
  if (slo === undefined || !isMeshed(cluster, 'running')) return;
  const controller = claims === undefined ? 'deployment' : 'statefulset';
  const group = sloAlerts({ name: workload.name, namespace: cluster.namespace, controller, slo });
  const metadata = { name: workload.name, namespace: cluster.namespace, labels: labelsOf(workload, cluster.platform) };
  prometheusRule(scope, 'objectives', metadata, group, cluster);
}
