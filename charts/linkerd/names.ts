/** Namespace of the control plane. */
export const LINKERD_NAMESPACE = 'linkerd';
/** Namespace of the CNI plugin. */
export const CNI_NAMESPACE = 'linkerd-cni';

/** Certificate, ClusterIssuer and Secret of a trust anchor, which stand in cert-manager's namespace. */
export const anchorName = (anchor: string): string => `linkerd-trust-anchor-${anchor}`;
/** Certificate and Secret of the identity issuer; the chart asks for this name. */
export const IDENTITY_ISSUER = 'linkerd-identity-issuer';
/** Bundle, and ConfigMap that it fills in the control plane's namespace; the chart asks for this name. */
export const TRUST_ROOTS = 'linkerd-identity-trust-roots';

/** Domain of the cluster's names, and of identities in the mesh. */
export const CLUSTER_DOMAIN = 'cluster.local';

/** Services of the control plane's webhooks; their Certificates have the same names. The chart asks for Secrets `<name>-k8s-tls`. */
export const WEBHOOKS = {
  proxyInjector: 'linkerd-proxy-injector',
  profileValidator: 'linkerd-sp-validator',
  policyValidator: 'linkerd-policy-validator',
} as const;
