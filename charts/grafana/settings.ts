import { database, hostedZone } from '../aws/refs';
import type { Cluster } from '../cluster';
import { SERVICE_HEALTH_UID } from '../dashboards';
import type { GrafanaChoices } from './choices';
import type { Ini } from './ini';
import { CONTRACT_NAME, PATHS, PORT, SECRETS } from './names';

/** A value that Grafana reads from a file when it starts. */
const fromFile = (folder: string, key: string): string => `$__file{${folder}/${key}}`;

/** What of https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/ is set. */
export interface GrafanaSettings extends Ini {
  readonly server: { readonly http_port: number; readonly root_url: string };
  readonly paths: { readonly data: string; readonly provisioning: string };
  readonly database: DatabaseSettings;
  readonly security: {
    readonly admin_user: string;
    readonly admin_password: string;
    readonly secret_key: string;
    readonly cookie_secure: boolean;
    readonly cookie_samesite: 'lax';
    readonly disable_gravatar: true;
    readonly content_security_policy: true;
  };
  readonly users: { readonly allow_sign_up: false; readonly allow_org_create: false; readonly default_theme: 'system' };
  readonly auth: {
    readonly login_maximum_inactive_lifetime_duration: string;
    readonly login_maximum_lifetime_duration: string;
  };
  readonly 'auth.anonymous': { readonly enabled: false };
  readonly 'auth.generic_oauth': OAuthSettings;
  readonly analytics: {
    readonly reporting_enabled: false;
    readonly check_for_updates: false;
    readonly check_for_plugin_updates: false;
    readonly feedback_links_enabled: false;
  };
  readonly news: { readonly news_feed_enabled: false };
  readonly snapshots: { readonly enabled: false };
  readonly public_dashboards: { readonly enabled: false };
  readonly plugins: {
    readonly plugin_admin_enabled: false;
    readonly preinstall_disabled: true;
    readonly preinstall_auto_update: false;
    readonly public_key_retrieval_disabled: true;
  };
  readonly dashboards: { readonly default_home_dashboard_path: string; readonly min_refresh_interval: string };
  readonly unified_alerting: { readonly enabled: true; readonly execute_alerts: false };
  readonly metrics: { readonly enabled: true };
  readonly log: { readonly mode: 'console'; readonly level: 'info' };
  readonly 'log.console': { readonly format: 'json' };
}

type DatabaseSettings =
  | { readonly type: 'sqlite3' }
  | {
      readonly type: 'postgres';
      readonly host: string;
      readonly name: string;
      readonly user: string;
      readonly password: string;
      readonly ssl_mode: 'verify-full';
      readonly ca_cert_path: string;
    };

type OAuthSettings =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      readonly name: string;
      readonly client_id: string;
      readonly client_secret: string;
      readonly scopes: string;
      readonly auth_url: string;
      readonly token_url: string;
      readonly api_url: string;
      readonly use_pkce: true;
      readonly auto_login: true;
      readonly allow_sign_up: true;
      readonly role_attribute_path: string;
      readonly role_attribute_strict: true;
    };

/** The host under which Grafana is reached. @default - `undefined`: it is not exposed */
export function hostOf({ aws }: Pick<Cluster, 'aws'>, { expose }: GrafanaChoices): string | undefined {
  return expose === undefined ? undefined : `${expose.host}.${hostedZone(aws, 'public').domain}`;
}

/**
 * Grafana's configuration. It holds no secret: those are files, which it reads itself.
 * @throws when the contract lacks a database that is named
 */
export function settings(cluster: Pick<Cluster, 'aws'>, choices: GrafanaChoices): GrafanaSettings {
  const host = hostOf(cluster, choices);
  return {
    server: { http_port: PORT, root_url: host === undefined ? `http://localhost:${PORT}/` : `https://${host}/` },
    paths: { data: PATHS.data, provisioning: '/etc/grafana/provisioning' },
    database: databaseSettings(cluster, choices),
    security: {
      admin_user: 'admin',
      admin_password: fromFile(SECRETS.admin.folder, 'password'),
      secret_key: fromFile(SECRETS.admin.folder, 'secret-key'),
      // A browser keeps such a cookie back where there is no TLS, as behind a port-forward.
      cookie_secure: host !== undefined,
      // The provider sends browsers back from its own site.
      cookie_samesite: 'lax',
      disable_gravatar: true,
      content_security_policy: true,
    },
    users: { allow_sign_up: false, allow_org_create: false, default_theme: 'system' },
    auth: { login_maximum_inactive_lifetime_duration: '1d', login_maximum_lifetime_duration: '7d' },
    'auth.anonymous': { enabled: false },
    'auth.generic_oauth': oauth(cluster),
    analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false, feedback_links_enabled: false },
    news: { news_feed_enabled: false },
    snapshots: { enabled: false },
    public_dashboards: { enabled: false },
    // What the image brings is enough; without these Grafana fetches more, and newer ones, at each start.
    plugins: {
      plugin_admin_enabled: false,
      preinstall_disabled: true,
      preinstall_auto_update: false,
      public_key_retrieval_disabled: true,
    },
    dashboards: { default_home_dashboard_path: `${PATHS.dashboards}/overview/${SERVICE_HEALTH_UID}.json`, min_refresh_interval: '15s' },
    // Its pages show alerts of Prometheus and silences of Alertmanager; it judges none itself.
    unified_alerting: { enabled: true, execute_alerts: false },
    metrics: { enabled: true },
    log: { mode: 'console', level: 'info' },
    'log.console': { format: 'json' },
  };
}

function databaseSettings({ aws }: Pick<Cluster, 'aws'>, choices: GrafanaChoices): DatabaseSettings {
  if (choices.database === undefined) return { type: 'sqlite3' };
  const { endpoint, port, databaseName, tls } = database(aws, choices.database);
  return {
    type: 'postgres',
    host: `${endpoint}:${port}`,
    name: databaseName,
    user: fromFile(SECRETS.database.folder, 'username'),
    password: fromFile(SECRETS.database.folder, 'password'),
    ssl_mode: tls.mode,
    ca_cert_path: `${SECRETS.ca.folder}/ca.crt`,
  };
}

/** The client at the contract's provider. @default - `undefined`: the contract has none for Grafana */
export const clientOf = ({ aws }: Pick<Cluster, 'aws'>) => aws.data.oidc?.clients[CONTRACT_NAME];

function oauth(cluster: Pick<Cluster, 'aws'>): OAuthSettings {
  const client = clientOf(cluster);
  const { oidc, groups } = cluster.aws.data;
  if (oidc === undefined || client === undefined) return { enabled: false };
  return {
    enabled: true,
    name: new URL(oidc.issuer).hostname,
    client_id: client.id,
    client_secret: fromFile(SECRETS.oidc.folder, 'client-secret'),
    scopes: oidc.scopes.join(' '),
    auth_url: oidc.authorizationEndpoint,
    token_url: oidc.tokenEndpoint,
    api_url: oidc.userinfoEndpoint,
    use_pkce: true,
    auto_login: true,
    // Accounts are made when people first sign in; who has none of the roles below does not get in.
    allow_sign_up: true,
    role_attribute_path: rolePath(oidc.groupsClaim, groups),
    role_attribute_strict: true,
  };
}

/** Roles by group, the most powerful first, as JMESPath: https://jmespath.org/specification.html */
function rolePath(claim: string, groups: Cluster['aws']['data']['groups']): string {
  const roles = { Admin: groups.admin, Editor: groups.developer, Viewer: groups.readOnly };
  return Object.entries(roles)
    .flatMap(([role, names]) => names.map((name) => `contains(${claim}[*], '${name.replace(/[\\']/g, '\\$&')}') && '${role}'`))
    .join(' || ');
}
