import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { standardLabels } from '../workload/labels';

/** Who may do what in each namespace: Kubernetes' own roles, bound to the contract's groups; one Argo CD Application. */
export class AccessChart extends NamedChart {
  /** @param components - namespaces of components, in which only admins may change anything */
  constructor(scope: App, id: string, cluster: Cluster, components: readonly string[]) {
    super(scope, id);
    const { admin, developer, readOnly } = cluster.aws.data.groups;
    const { access } = cluster.environment;
    this.bind(cluster, cluster.namespace, 'admin', access.admin, admin);
    this.bind(cluster, cluster.namespace, 'developer', access.developer, developer);
    this.bind(cluster, cluster.namespace, 'read-only', 'view', readOnly);
    for (const namespace of components) {
      this.bind(cluster, namespace, 'admin', access.admin, admin);
      this.bind(cluster, namespace, 'developer', 'view', developer);
      this.bind(cluster, namespace, 'read-only', 'view', readOnly);
    }
  }

  private bind(cluster: Cluster, namespace: string, name: string, role: 'admin' | 'edit' | 'view', groups: readonly string[]): void {
    if (groups.length === 0) return;
    new k8s.KubeRoleBinding(this, `${namespace}-${name}`, {
      metadata: { name, namespace, labels: standardLabels('access', 'platform', cluster.platform) },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: groups.map((group) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group })),
    });
  }
}
