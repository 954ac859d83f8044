import { k8s } from 'cdk8s-plus-28';
import type { WorkloadContext } from './context';
import { labelsOf } from './labels';
import { externalSecret, secretsOf } from './secrets';

/** ConfigMaps and ExternalSecrets of a workload. */
export function configuration(context: WorkloadContext): void {
  const { scope, workload, cluster } = context;
  const labels = labelsOf(workload, cluster.platform);
  for (const [short, { files }] of Object.entries(workload.props.config ?? {})) {
    new k8s.KubeConfigMap(scope, `config-${short}`, {
      metadata: { name: `${workload.name}-${short}`, namespace: cluster.namespace, labels },
      data: { ...files },
    });
  }
  for (const secret of secretsOf(context)) externalSecret(scope, `secret-${secret.short}`, cluster.namespace, labels, secret);
}
