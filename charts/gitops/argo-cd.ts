import type { ApplicationSpec, AppProjectSpec } from '../../imports/argo-cd';

export type { ApplicationSpec, AppProjectSpec };
export type SyncPolicySpec = NonNullable<ApplicationSpec['syncPolicy']>;
/** Fields of an object that Argo CD leaves to their controller. */
export type IgnoreDifference = NonNullable<ApplicationSpec['ignoreDifferences']>[number];

/** Namespace of Argo CD itself, and so of every Application and AppProject. */
export const argocdNamespace = 'argocd';
/** One Argo CD per cluster: it only ever deploys to its own. */
export const inCluster = 'https://kubernetes.default.svc';
