import type { Cluster } from '../cluster';
import { ingressOf } from '../exposure/choice';

/** Single sign-on by OpenID Connect. The identity provider's `groups` claim must name the contract's groups. */
export interface ArgoCdLogin {
  /** Address of the identity provider, as `https://login.authorworks.example`. */
  readonly issuer: string;
  readonly clientId: string;
  /** A secret by its name in the contract, JSON with `clientSecret`. @default 'argocd-oidc' */
  readonly secret?: string;
}

/** Who hears of syncs and of failing health. */
export interface ArgoCdNotifications {
  /** Slack channels, without `#`. The secret has `slackToken`. @default - nothing goes to Slack */
  readonly slack?: {
    /** Failed syncs, and Applications that are Degraded. */
    readonly failures: string;
    /** What was deployed. @default - not told */
    readonly deployments?: string;
  };
  /** A GitHub App that may write commit statuses. The secret has `githubPrivateKey`. @default - commits get no status */
  readonly github?: { readonly appId: number; readonly installationId: number };
  /** A secret by its name in the contract, JSON. @default 'argocd-notifications' */
  readonly secret?: string;
}

/** Choices for Argo CD in a cluster. */
export interface ArgoCdChoices {
  /** Host name of its UI and API; only with ingress-nginx. @default - reached by `kubectl port-forward` alone */
  readonly host?: string;
  /** @default - nobody logs in: outside dev there is no admin user either, and only `argocd --core` with a kubeconfig is left */
  readonly login?: ArgoCdLogin;
  /**
   * The key to the repositories that carry dist: a secret by its name in the contract. For `https://` repositories JSON with the
   * GitHub App's `appId`, `installationId` and `privateKey`, for `ssh://` and `git@` ones with `sshPrivateKey`.
   * @default - they are public
   */
  readonly repositorySecret?: string;
  /** @default - nobody is told */
  readonly notifications?: ArgoCdNotifications;
}

/**
 * Refuses choices that the cluster cannot have.
 * @throws when a host is wanted without ingress-nginx
 */
export function checkArgoCdChoices({ host }: ArgoCdChoices, cluster: Pick<Cluster, 'ingress' | 'name'>): void {
  const { kind } = ingressOf(cluster);
  if (host === undefined || kind === 'nginx') return;
  throw new Error(
    `overlays/${cluster.name}/cluster.ts: Argo CD has the host ${host}, but the cluster's ingress is ${kind}. Leave the host out (kubectl port-forward reaches it), or use ingress-nginx.`,
  );
}
