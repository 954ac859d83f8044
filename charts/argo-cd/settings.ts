import { dump } from 'js-yaml';
import type { Cluster } from '../cluster';
import { argocdSettings } from '../gitops';
import { bootstrapProjectName } from '../gitops/root';
import type { ArgoCdChoices, ArgoCdLogin } from './choices';
import { SECRETS } from './names';

/** Kinds that come and go by themselves: Argo CD neither watches nor shows them. */
const EXCLUDED = [
  { apiGroups: ['', 'discovery.k8s.io'], kinds: ['Endpoints', 'EndpointSlice'] },
  { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
  { apiGroups: ['authentication.k8s.io', 'authorization.k8s.io'], kinds: ['*'] },
  { apiGroups: ['certificates.k8s.io'], kinds: ['CertificateSigningRequest'] },
  { apiGroups: ['cert-manager.io'], kinds: ['CertificateRequest'] },
  { apiGroups: ['acme.cert-manager.io'], kinds: ['Order', 'Challenge'] },
  {
    apiGroups: ['velero.io'],
    kinds: ['Backup', 'BackupRepository', 'DeleteBackupRequest', 'DownloadRequest', 'Restore', 'ServerStatusRequest'],
  },
  { apiGroups: ['actions.github.com'], kinds: ['AutoscalingListener', 'EphemeralRunner', 'EphemeralRunnerSet'] },
];

/** YAML inside a setting, on plain lines. */
export const yamlText = (value: unknown): string => dump(value, { lineWidth: -1, noRefs: true });

/**
 * `argocd-cm`. It carries what bootstrap.yaml sets (`argocdSettings`), from the same constant: whichever is applied last, nothing changes.
 */
export function argocdCm({ environment }: Pick<Cluster, 'environment'>, { login }: ArgoCdChoices): Readonly<Record<string, string>> {
  return {
    ...argocdSettings,
    // A break-glass account with a password that nobody rotates; with a kubeconfig `argocd --core` does the same.
    'admin.enabled': String(environment.name === 'dev'),
    // Stated, as its default changed with 3.0: a changed method would show every object as not its own.
    'application.resourceTrackingMethod': 'annotation',
    'exec.enabled': 'false',
    'resource.exclusions': yamlText(EXCLUDED),
    // From 3.0 on it is always so: who may not read logs in the cluster does not read them here.
    'server.rbac.log.enforce.enable': 'true',
    'users.anonymous.enabled': 'false',
    ...(login === undefined ? {} : { 'oidc.config': oidc(login) }),
  };
}

const oidc = ({ issuer, clientId }: ArgoCdLogin): string =>
  yamlText({
    name: 'SSO',
    issuer,
    clientID: clientId,
    clientSecret: `$${SECRETS.login}:clientSecret`,
    requestedScopes: ['openid', 'profile', 'email', 'groups'],
    requestedIDTokenClaims: { groups: { essential: true } },
  });

/**
 * `argocd-rbac-cm`. What people may do with Applications is in the AppProjects' roles; here stands only what belongs to no project: who
 * sees that projects, repositories and the cluster are there, and who may act on the roots.
 */
export function argocdRbac({ aws }: Pick<Cluster, 'aws'>): Readonly<Record<string, string>> {
  const { admin, developer, readOnly } = aws.data.groups;
  const roots = `${bootstrapProjectName}/*`;
  const lines = [
    ...['clusters', 'projects', 'repositories'].map((kind) => `p, role:looks, ${kind}, get, *, allow`),
    `p, role:looks, applications, get, ${roots}, allow`,
    `p, role:keeps-roots, applications, *, ${roots}, allow`,
    ...[...new Set([...admin, ...developer, ...readOnly])].sort().map((group) => `g, ${field(group)}, role:looks`),
    ...[...admin].sort().map((group) => `g, ${field(group)}, role:keeps-roots`),
  ];
  return { 'policy.csv': `${lines.join('\n')}\n`, 'policy.default': '', 'policy.matchMode': 'glob', scopes: '[groups]' };
}

/** A name as a field of CSV. */
const field = (name: string): string => (/[",#]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
