import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';

/** Who may do what in the workloads' namespace: Kubernetes' own roles, bound to the contract's groups; one Argo CD Application. */
export class AccessChart extends NamedChart {
  constructor(scope: App, id: string, cluster: Cluster) {
    super(scope, id);
    const { admin, developer, readOnly } = cluster.aws.data.groups;
    const { access } = cluster.environment;
    this.bind(cluster, 'admin', access.admin, admin);
    this.bind(cluster, 'developer', access.developer, developer);
    this.bind(cluster, 'read-only', 'view', readOnly);
  }

  private bind(cluster: Cluster, name: string, role: 'admin' | 'edit' | 'view', groups: readonly string[]): void {
    if (groups.length === 0) return;
    new k8s.KubeRoleBinding(this, `rolebinding-${name}`, {
      metadata: { name, namespace: cluster.namespace, labels: standardLabels('access', 'platform', cluster.platform) },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: groups.map((group) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group })),
    });
  }
}
