import type { Labels } from '../workload/labels';

/** Release of the chart; also its Application. */
export const RELEASE = 'argo-cd';
/** Label by which Argo CD reads settings and secrets as its own. */
export const PART_OF: Labels = { 'app.kubernetes.io/part-of': 'argocd' };
/** Secrets that its settings refer to. */
export const SECRETS = { login: 'argocd-oidc', notifications: 'argocd-notifications-secret', tls: 'argocd-server-tls' } as const;

/** Where people reach it: by its host, or through `kubectl port-forward service/argocd-server 8080:443`. */
export const domainOf = ({ host = 'localhost:8080' }: { readonly host?: string }): string => host;
