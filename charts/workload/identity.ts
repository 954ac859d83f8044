import { k8s } from 'cdk8s-plus-28';
import { roleArn } from './bindings';
import type { WorkloadContext } from './context';
import { labelsOf } from './labels';

/** The ServiceAccount of a workload: its identity in the mesh, and in AWS where the contract has a role for it. */
export function serviceAccount({ scope, workload, cluster }: WorkloadContext): void {
  const role = roleArn(workload, cluster);
  new k8s.KubeServiceAccount(scope, 'serviceaccount', {
    metadata: {
      name: workload.name,
      namespace: cluster.namespace,
      labels: labelsOf(workload, cluster.platform),
      annotations: role === undefined ? undefined : { 'eks.amazonaws.com/role-arn': role },
    },
    automountServiceAccountToken: workload.props.kubernetesApi ?? false,
  });
}
