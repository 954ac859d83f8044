/** ClusterIssuers that every cluster with certificates has. */
export const ISSUERS = {
  /** Let's Encrypt: certificates that browsers trust. */
  production: 'letsencrypt',
  /** Let's Encrypt's staging service: for trying out, trusted by nobody, with generous limits. */
  staging: 'letsencrypt-staging',
  /** Signs with the key of what is signed: for roots. */
  selfSigned: 'self-signed',
  /** The cluster's own CA: for servers that the API server calls, and nobody outside. */
  clusterCa: 'cluster-ca',
} as const;
