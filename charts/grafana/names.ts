/** Name of Grafana's objects. */
export const GRAFANA = 'grafana';
/** Its port, of pages and metrics. */
export const PORT = 3000;

/** Secrets that ExternalSecrets keep, and where their keys are mounted as files. */
export const SECRETS = {
  /** Password of the user `admin`, and what Grafana encrypts with. */
  admin: { name: 'grafana-admin', folder: '/etc/secrets/admin' },
  /** Secret of its OAuth client. */
  oidc: { name: 'grafana-oidc', folder: '/etc/secrets/oidc' },
  database: { name: 'grafana-database', folder: '/etc/secrets/database' },
  /** CA of the database. */
  ca: { name: 'grafana-database-ca', folder: '/etc/secrets/database-ca' },
} as const;

/** Folders and files of the container. */
export const PATHS = {
  config: '/etc/grafana/config',
  ini: '/etc/grafana/config/grafana.ini',
  dataSources: '/etc/grafana/provisioning/datasources',
  providers: '/etc/grafana/provisioning/dashboards',
  dashboards: '/etc/grafana/dashboards',
  data: '/var/lib/grafana',
} as const;

/** Client in the contract's `oidc`, and secret in its `secrets`, by name. */
export const CONTRACT_NAME = 'grafana';
