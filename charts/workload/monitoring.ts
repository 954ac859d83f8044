import { customResource } from '../../imports/custom-resource';
import { PodMonitor } from '../../imports/monitoring.coreos.com';
import type { Running, WorkloadContext } from './context';
import { labelsOf, selectorOf } from './labels';

/** The PodMonitor of a workload that exposes metrics: the one way in which its pods are scraped. */
export function monitoring({ scope, workload, cluster }: WorkloadContext<Running>): void {
  const { metrics } = workload.props;
  if (metrics === undefined) return;
  customResource(scope, 'podmonitor', PodMonitor, {
    metadata: { name: workload.name, namespace: cluster.namespace, labels: { ...labelsOf(workload, cluster.platform) } },
    spec: {
      selector: { matchLabels: selectorOf(workload, cluster.platform) },
      podMetricsEndpoints: [{ port: metrics.port, path: metrics.path }],
    },
  });
}
