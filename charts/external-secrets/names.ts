/** Namespace of the operator. */
export const EXTERNAL_SECRETS_NAMESPACE = 'external-secrets';
