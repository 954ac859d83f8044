/** Namespace of cert-manager and trust-manager; ClusterIssuers read their Secrets from here. */
export const CERT_MANAGER_NAMESPACE = 'cert-manager';

/** Names of the programs: of Deployments, ServiceAccounts and, for the webhook, its Service. */
export const PROGRAMS = { controller: 'cert-manager', webhook: 'cert-manager-webhook', cainjector: 'cert-manager-cainjector' } as const;

/** Secret in which the webhook keeps the CA that it makes for itself. */
export const WEBHOOK_CA_SECRET = 'cert-manager-webhook-ca';
