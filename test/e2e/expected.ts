/** A warning of the API server that we live with. */
export interface ExpectedWarning {
  readonly text: string;
  /** Version lines whose server says it. @default - all */
  readonly lines?: readonly string[];
  /** Clusters of dist in which it occurs; in each of these it must. */
  readonly cluster: RegExp;
  /** Source files that may cause it. */
  readonly source: RegExp;
  readonly reason: string;
}

/** Warnings that dist causes when it is applied. Each needs a reason, and each must still occur: an entry that matches nothing fails. */
export const EXPECTED_WARNINGS: readonly ExpectedWarning[] = [
  {
    text: 'metadata.finalizers: "resources-finalizer.argocd.argoproj.io": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers',
    lines: ['1.34'],
    cluster: /\/dev$/,
    source: /\/application-[^/]+\.yaml$/,
    reason: 'The finalizer is Argo CD’s own name for "delete what this Application deployed"; dev asks for that.',
  },
];

/** What the API server says of a pod with Linkerd's init container in a namespace that warns at `restricted`, and nothing more. */
export const INIT_CONTAINER_WARNING =
  'would violate PodSecurity "restricted:latest": unrestricted capabilities (container "linkerd-init" must set ' +
  'securityContext.capabilities.drop=["ALL"]; container "linkerd-init" must not include "NET_ADMIN", "NET_RAW" in ' +
  'securityContext.capabilities.add)';
