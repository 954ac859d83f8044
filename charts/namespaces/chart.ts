import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NamedChart } from '../../synth/collect';
import type { Cluster } from '../cluster';
import { type Edge, MESHED_NAMESPACE, meshedNamespace } from '../network';
import { quantities } from '../workload/container';
import { type Labels, standardLabels } from '../workload/labels';
import { minor } from '../workload/mesh';
import { ADMISSION_POLICIES_SINCE, restrictedPodsPolicy } from './pod-policy';

/** A namespace and what holds for all pods in it. */
export interface NamespaceProps {
  readonly name: string;
  /** Whether the mesh's proxy is injected into its pods. */
  readonly meshed: boolean;
  /** Most that its pods may request together. */
  readonly quota: { readonly cpu: string; readonly memory: string; readonly pods: number };
  /** Services that may have a load balancer, and ports that they may take on every node. @default - none */
  readonly loadBalancers?: { readonly services: number; readonly nodePorts: number };
  /** Labels by which programs of others know it. @default - none */
  readonly labels?: Labels;
  /** Annotations by which programs of others know it. @default - none */
  readonly annotations?: Labels;
  /** Whether its default-deny comes after all other policies: for what applies them, and could be cut off in between. @default false */
  readonly denyLast?: boolean;
  /** A level of Pod Security below the environment's, and what asks for it. @default - the environment's; what the mesh's init container needs */
  readonly podSecurity?: {
    readonly enforce: 'baseline' | 'privileged';
    /** Stands as an annotation on the Namespace. */
    readonly why: string;
    /** Whether only the mesh's init container is let through, where the cluster can tell it from others. @default false */
    readonly meshInitOnly?: boolean;
  };
}

/** All namespaces of a cluster, with their Pod Security levels, quotas, limits and default policies; one Argo CD Application. */
export class NamespacesChart extends NamedChart {
  /** @param edges - who may connect to what, in the whole cluster */
  constructor(scope: App, id: string, cluster: Cluster, namespaces: readonly NamespaceProps[], edges: readonly Edge[]) {
    super(scope, id);
    for (const namespace of namespaces) {
      this.addNamespace(cluster, namespace);
      const labels = standardLabels('namespaces', 'platform', cluster.platform);
      if (namespace.meshed) meshedNamespace(this, `mesh-${namespace.name}`, namespace.name, cluster, edges, labels);
    }
    if (minor(cluster.kubernetes) >= ADMISSION_POLICIES_SINCE) {
      const held = namespaces.filter(
        ({ meshed, podSecurity }) => (meshed && cluster.meshCni !== true) || podSecurity?.meshInitOnly === true,
      );
      const names = held.map(({ name }) => name);
      restrictedPodsPolicy(this, names, standardLabels('namespaces', 'platform', cluster.platform));
    }
  }

  private addNamespace(cluster: Cluster, namespace: NamespaceProps): void {
    const { name, meshed, quota, podSecurity, loadBalancers = { services: 0, nodePorts: 0 } } = namespace;
    const labels = standardLabels('namespaces', 'platform', cluster.platform);
    const needsInit = meshed && cluster.meshCni !== true;
    const annotations = {
      ...(meshed ? MESHED_NAMESPACE : {}),
      ...namespace.annotations,
      ...(podSecurity === undefined ? {} : { 'pod-security.fleet/why': podSecurity.why }),
    };
    new k8s.KubeNamespace(this, `namespace-${name}`, {
      metadata: {
        name,
        labels: {
          ...labels,
          ...namespace.labels,
          ...podSecurityLabels(cluster.environment.podSecurity, podSecurity?.enforce ?? (needsInit ? 'privileged' : undefined)),
        },
        annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
      },
    });
    new k8s.KubeResourceQuota(this, `quota-${name}`, {
      metadata: { name: 'workloads', namespace: name, labels },
      spec: {
        hard: quantities({
          'requests.cpu': quota.cpu,
          'requests.memory': quota.memory,
          pods: String(quota.pods),
          'services.loadbalancers': String(loadBalancers.services),
          'services.nodeports': String(loadBalancers.nodePorts),
        }),
      },
    });
    // A quota refuses containers without requests; these are for pods that people start by hand.
    new k8s.KubeLimitRange(this, `limits-${name}`, {
      metadata: { name: 'defaults', namespace: name, labels },
      spec: {
        limits: [
          { type: 'Container', default: quantities({ memory: '256Mi' }), defaultRequest: quantities({ cpu: '50m', memory: '64Mi' }) },
        ],
      },
    });
    // Nothing may talk to anything, until a policy of its own says so.
    new k8s.KubeNetworkPolicy(this, `default-deny-${name}`, {
      metadata: {
        name: 'default-deny',
        namespace: name,
        labels,
        annotations: namespace.denyLast === true ? { 'argocd.argoproj.io/sync-wave': '1' } : undefined,
      },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  }
}

/**
 * The mesh's init container is refused by `baseline` and `restricted`. A namespace with injection enforces nothing and warns at
 * the level; the project's own check holds its pod templates to that level all the same, and from Kubernetes 1.30 an admission policy its pods.
 * With the mesh's CNI plugin there is no such container, and the level is enforced.
 */
function podSecurityLabels(level: 'baseline' | 'restricted', less: 'baseline' | 'privileged' | undefined): Labels {
  return {
    'pod-security.kubernetes.io/audit': level,
    'pod-security.kubernetes.io/enforce': less ?? level,
    'pod-security.kubernetes.io/warn': level,
  };
}
