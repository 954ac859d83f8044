import { k8s } from 'cdk8s-plus-28';
import type { Running, WorkloadContext } from './context';
import { labelsOf, selectorOf } from './labels';

/** The PodDisruptionBudget of a workload. It counts what may be missing, so that a drain always gets on, also at one replica. */
export function disruptionBudget({ scope, workload, cluster }: WorkloadContext<Running>): void {
  const maxUnavailable = workload.props.maxUnavailable ?? cluster.environment.maxUnavailable;
  new k8s.KubePodDisruptionBudget(scope, 'pdb', {
    metadata: { name: workload.name, namespace: cluster.namespace, labels: labelsOf(workload, cluster.platform) },
    spec: {
      maxUnavailable:
        typeof maxUnavailable === 'number' ? k8s.IntOrString.fromNumber(maxUnavailable) : k8s.IntOrString.fromString(maxUnavailable),
      selector: { matchLabels: selectorOf(workload, cluster.platform) },
      // Pods that are not ready serve nobody: without this a broken workload blocks every drain.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
