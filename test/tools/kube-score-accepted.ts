/** A kind of critical finding of kube-score that is meant. */
export interface Accepted {
  /** kube-score's id of the check. */
  readonly check: string;
  /** Objects that it is accepted for, as `Deployment authorworks/gateway`. @default - all */
  readonly objects?: RegExp;
  readonly reason: string;
}

/** Critical findings that are right and meant. An entry that nothing needs any more fails the test. */
export const ACCEPTED: readonly Accepted[] = [
  {
    check: 'container-image-pull-policy',
    reason:
      'Tags are versions that are never moved (check image-tag), and the specification gives IfNotPresent: a node starts pods while the registry is away.',
  },
  {
    check: 'container-ephemeral-storage-request-and-limit',
    reason:
      'Root filesystems are read-only and every emptyDir has a size limit, which holds a pod like a limit would; what may grow large is requested (checks read-only-root-filesystem, empty-dir-limit, scratch-requested).',
  },
  {
    check: 'container-resources',
    objects: /^Job .*-migrate$/,
    reason: 'Migrations have a memory limit and a deadline. A CPU limit would only make a release wait longer.',
  },
  {
    check: 'pod-probes-identical',
    objects: /^Deployment .*-pgbouncer$/,
    reason:
      'Without credentials PgBouncer can be asked for no more than a connection, which does not depend on the database. Readiness gives up after 15 s, liveness after 30 s.',
  },
  {
    check: 'networkpolicy-targets-pod',
    objects: /^NetworkPolicy external-secrets\//,
    reason: 'The pods of this namespace come from a chart of others, which kube-score does not see.',
  },
];
