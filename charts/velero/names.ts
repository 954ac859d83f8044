/** Namespace of Velero. */
export const VELERO_NAMESPACE = 'velero';
/** Its ServiceAccount, which the IAM role trusts. */
export const VELERO_ACCOUNT = 'velero';
/** Name of the place in S3 where backups lie. */
export const LOCATION = 'default';
