/** Something that one unit brings into the cluster and another cannot do without. */
export interface Capability {
  readonly kind:
    | 'crds'
    | 'namespace'
    | 'secret-store'
    | 'issuer'
    | 'ingress-class'
    | 'gateway-class'
    | 'priority-class'
    | 'storage-class'
    | 'service';
  /** API group for `crds`, otherwise the name of the object or service. */
  readonly name: string;
}

/** The custom resource definitions of an API group, established. */
export const crds = (group: string): Capability => ({ kind: 'crds', name: group });
/** A Namespace with its Pod Security labels and default policies. */
export const namespace = (name: string): Capability => ({ kind: 'namespace', name });
/** A ClusterSecretStore of the External Secrets Operator. */
export const secretStore = (name: string): Capability => ({ kind: 'secret-store', name });
/** A ClusterIssuer of cert-manager. */
export const issuer = (name: string): Capability => ({ kind: 'issuer', name });
export const ingressClass = (name: string): Capability => ({ kind: 'ingress-class', name });
/** A GatewayClass, with the program that serves its Gateways. */
export const gatewayClass = (name: string): Capability => ({ kind: 'gateway-class', name });
export const priorityClass = (name: string): Capability => ({ kind: 'priority-class', name });
export const storageClass = (name: string): Capability => ({ kind: 'storage-class', name });
/** A running program that others call or are changed by: a controller, an admission webhook (`mesh`), a database. */
export const service = (name: string): Capability => ({ kind: 'service', name });

/** How a message names a capability: `namespace authorworks`; equal capabilities have equal texts. */
export function textOf(capability: Capability): string {
  return `${capability.kind} ${capability.name}`;
}

/** What every cluster has before the first sync: Kubernetes' own objects, and the namespace that Argo CD runs in. */
export const builtIn: readonly Capability[] = [
  ...['default', 'kube-system', 'kube-public', 'kube-node-lease', 'argocd'].map(namespace),
  ...['system-cluster-critical', 'system-node-critical'].map(priorityClass),
];
