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

const ON_NODES =
  'It reads the node it runs on; its namespace holds nothing else, enforces nothing, and warns at `restricted` all the same.';
const NODE_EXPORTER = /\/daemonset-node-exporter\.yaml$/;
const LOG_AGENT = /\/daemonset-log-agent\.yaml$/;

const violation = (...rules: readonly string[]) => `would violate PodSecurity "restricted:latest": ${rules.join(', ')}`;

const AS_ROOT = violation(
  'restricted volume types (volumes "logs", "positions" use restricted volume type "hostPath")',
  'runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)',
  'runAsUser=0 (pod must not set runAsUser=0)',
);

/** Warnings that dist causes when it is applied. Each needs a reason, and each must still occur: an entry that matches nothing fails. */
export const EXPECTED_WARNINGS: readonly ExpectedWarning[] = [
  {
    text: 'metadata.finalizers: "resources-finalizer.argocd.argoproj.io": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers',
    lines: ['1.34'],
    cluster: /\/dev$/,
    source: /\/application-[^/]+\.yaml$/,
    reason: 'The finalizer is Argo CD’s own name for "delete what this Application deployed"; dev asks for that.',
  },
  {
    text: violation(
      'host namespaces (hostNetwork=true, hostPID=true)',
      'restricted volume types (volumes "proc", "sys", "root" use restricted volume type "hostPath")',
    ),
    cluster: /./,
    source: NODE_EXPORTER,
    reason: ON_NODES,
  },
  { text: AS_ROOT, cluster: /./, source: LOG_AGENT, reason: ON_NODES },
];

/** Warnings that pods of dist cause when they are created, held in the same way; beside that of the mesh's init container. */
export const EXPECTED_POD_WARNINGS: readonly ExpectedWarning[] = [
  {
    // The server gives a port of a pod, but not of a template, the same number on the node.
    text: violation(
      'host namespaces (hostNetwork=true, hostPID=true)',
      'hostPort (container "exporter" uses hostPort 9100)',
      'restricted volume types (volumes "proc", "sys", "root" use restricted volume type "hostPath")',
    ),
    cluster: /./,
    source: NODE_EXPORTER,
    reason: ON_NODES,
  },
  { text: AS_ROOT, cluster: /./, source: LOG_AGENT, reason: ON_NODES },
];

/** What the API server says of a pod with Linkerd's init container in a namespace that warns at `restricted`, and nothing more. */
export const INIT_CONTAINER_WARNING =
  'would violate PodSecurity "restricted:latest": unrestricted capabilities (container "linkerd-init" must set ' +
  'securityContext.capabilities.drop=["ALL"]; container "linkerd-init" must not include "NET_ADMIN", "NET_RAW" in ' +
  'securityContext.capabilities.add)';
