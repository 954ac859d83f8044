/** Names of the ClusterSecretStores that every cluster has. */
export const SECRET_STORES = { secretsManager: 'aws-secrets-manager', parameterStore: 'aws-parameter-store' } as const;
