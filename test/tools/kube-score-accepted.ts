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
    objects: /^NetworkPolicy (external-secrets|argocd|linkerd|velero|arc-systems|arc-runners)\/|\/(trust-manager|prometheus|alertmanager)$/,
    reason: 'These pods come from charts of others, or from an operator, which kube-score does not see.',
  },
  {
    check: 'service-targets-pod',
    objects: /^Service monitoring\/(prometheus|alertmanager)$/,
    reason: 'The operator makes these pods of a custom resource, which kube-score does not read.',
  },
  {
    check: 'ingress-targets-service',
    objects: /^Ingress argocd\/argocd-server$/,
    reason: "The Service comes with Argo CD's chart.",
  },
  {
    check: 'container-resources',
    objects: /^(Deployment|DaemonSet|StatefulSet) (?!authorworks\/)/,
    reason:
      'Components have a memory limit and a CPU request. A CPU limit would throttle what everything else waits for: webhooks, DNS records, the pods of others.',
  },
  {
    check: 'pod-probes-identical',
    objects: /^(Deployment|DaemonSet|StatefulSet) (?!authorworks\/)/,
    reason: 'The programs have one health endpoint, which does not depend on others. Liveness gives up later than readiness.',
  },
  {
    check: 'container-security-context-user-group-id',
    objects: /\/(ingress-nginx-controller|grafana|log-agent)$/,
    reason:
      "The images' files belong to these users: 101 of nginx, 472 of Grafana; the log agent reads files of the node that root alone may read.",
  },
  {
    check: 'container-security-context-readonlyrootfilesystem',
    objects: /^Deployment ingress-nginx\/ingress-nginx-controller$/,
    reason: 'The controller writes nginx.conf beside its templates, in the image.',
  },
  {
    check: 'deployment-has-poddisruptionbudget',
    objects: /^Deployment overprovisioning\//,
    reason: 'These pods hold room and do nothing: whoever needs the node may take them.',
  },
];
